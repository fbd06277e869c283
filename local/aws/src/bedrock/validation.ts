import { ServiceError } from '../server/service-error.ts';
import {
  textOf,
  toolResultOf,
  toolsOf,
  toolUseOf,
  type ConverseRequest,
  type Message,
} from './converse-request.ts';

const providers =
  'ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshot|nvidia|openai|qwen|twelvelabs|writer';
const modelId = new RegExp(
  `^(?:[a-z]{2,6}(?:-[a-z]{3})?\\.)?(?:${providers})\\.[a-z0-9.-]+(?::\\d+)?(?::\\d+k)?$`,
);
const modelArn =
  /^arn:aws[\w-]*:bedrock:[a-z0-9-]*:(?:\d{12})?:(?:foundation-model|inference-profile|application-inference-profile|provisioned-model|imported-model|custom-model-deployment|default-prompt-router|prompt-router)\/[\w.:-]+$/;

export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message);
}

/** Foundation models, inference profiles and their ARNs. */
export function checkModelId(id: string): void {
  if (modelId.test(id) || modelArn.test(id)) return;
  throw validation('The provided model identifier is invalid.');
}

/** @throws ServiceError `ValidationException` for the first rule of the Converse API that the request breaks. */
export function validateConverse(request: ConverseRequest): void {
  checkTools(request);
  checkInference(request);
  if (request.messages[0]?.role !== 'user') {
    throw validation(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
  request.messages.forEach((message, index) => {
    checkRole(message, index, request.messages[index - 1]);
    checkContent(message, index);
    checkToolResults(message, index, request.messages[index - 1]);
  });
  const usesTools = request.messages.some(({ content }) =>
    content.some((b) => toolUseOf(b) ?? toolResultOf(b)),
  );
  if (usesTools && !request.toolConfig) {
    throw validation(
      'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
    );
  }
}

function checkRole({ role }: Message, index: number, before: Message | undefined): void {
  if (role !== 'user' && role !== 'assistant') {
    throw validation(
      `1 validation error detected: Value '${role}' at 'messages.${index + 1}.member.role' failed to satisfy constraint: ` +
        'Member must satisfy enum value set: [user, assistant]',
    );
  }
  if (before?.role === role) {
    throw validation(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between ' +
        'user and assistant roles and try again.',
    );
  }
}

function checkContent({ content }: Message, index: number): void {
  if (content.length === 0) {
    throw validation(
      `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
    );
  }
  content.forEach((block, at) => {
    if (textOf(block)?.trim() === '') {
      throw validation(
        `The text field in the ContentBlock object at messages.${index}.content.${at} is blank. Add text to the text field, and try again.`,
      );
    }
  });
}

/** Every tool use is answered in the next message, and nothing else is. */
function checkToolResults({ content }: Message, index: number, before: Message | undefined): void {
  const asked = before?.content.flatMap((block) => toolUseOf(block)?.toolUseId ?? []) ?? [];
  const answered = content.flatMap((block) => toolResultOf(block)?.toolUseId ?? []);
  const open = asked.filter((id) => !answered.includes(id));
  if (open.length > 0) {
    throw validation(
      `Expected toolResult blocks at messages.${index}.content for the following Ids: ${open.join(', ')}`,
    );
  }
  if (answered.length > asked.length) {
    throw validation(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    );
  }
}

function checkTools(request: ConverseRequest): void {
  if (!request.toolConfig) return;
  if (request.toolConfig.tools.length === 0) {
    throw validation(
      "1 validation error detected: Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have " +
        'length greater than or equal to 1',
    );
  }
  toolsOf(request).forEach(({ name, inputSchema }, index) => {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
      throw validation(
        `1 validation error detected: Value '${name}' at 'toolConfig.tools.${index + 1}.member.toolSpec.name' failed to ` +
          'satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+',
      );
    }
    if (inputSchema.json?.['type'] !== 'object') {
      throw validation(
        `The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`,
      );
    }
  });
  const forced = request.toolConfig.toolChoice?.tool?.name;
  if (forced !== undefined && !toolsOf(request).some(({ name }) => name === forced)) {
    throw validation(`Tool choice names a tool that is not in the tool list: ${forced}.`);
  }
}

function checkInference({ inferenceConfig: config }: ConverseRequest): void {
  const ranges = [
    ['maxTokens', config?.maxTokens, 1, Infinity],
    ['temperature', config?.temperature, 0, 1],
    ['topP', config?.topP, 0, 1],
  ] as const;
  for (const [name, value, least, most] of ranges) {
    if (value === undefined || (value >= least && value <= most)) continue;
    const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    throw validation(
      `1 validation error detected: Value '${value}' at 'inferenceConfig.${name}' failed to satisfy constraint: Member ` +
        `must have value ${bound}`,
    );
  }
}
