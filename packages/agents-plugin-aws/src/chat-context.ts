import type {
  ContentBlock,
  Message,
  SystemContentBlock,
  Tool,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import { llm } from '@livekit/agents';

export interface Conversation {
  system: SystemContentBlock[];
  messages: Message[];
}

/** Converse wants the user to speak first; on the telephone it is the agent who does. */
const opening: ContentBlock = { text: '(The call has been answered.)' };

/**
 * A chat context as Converse takes it: system messages apart, turns strictly alternating and beginning with the
 * user, each tool use answered in the next user turn. Tool calls without a result (cut off) are left out.
 */
export function toConversation(context: llm.ChatContext): Conversation {
  const outputs = new Map(
    context.items.flatMap((item) => (item.type === 'function_call_output' ? [[item.callId, item]] : [])),
  );
  const system: SystemContentBlock[] = [];
  const messages: Message[] = [];
  const add = (role: 'user' | 'assistant', block: ContentBlock) => {
    const last = messages.at(-1);
    if (last?.role === role) last.content?.push(block);
    else messages.push({ role, content: [block] });
  };
  // Tools at work at once: one may have its result before the next is noted as called. Their uses go in one turn, their results in the one after.
  const open = new Set<string>();
  let results: ContentBlock[] = [];
  const settle = () => {
    for (const result of results) add('user', result);
    results = [];
    open.clear();
  };
  for (const item of context.items) {
    if (item.type === 'message') {
      const text = item.textContent?.trim();
      if (!text) continue;
      settle();
      if (item.role === 'system' || item.role === 'developer') system.push({ text });
      else add(item.role, { text });
    } else if (item.type === 'function_call') {
      const output = outputs.get(item.callId);
      if (!output) continue;
      if (open.size === 0) settle();
      // A second one under the same id would have no result of its own.
      outputs.delete(item.callId);
      open.add(item.callId);
      add('assistant', { toolUse: toolUseOf(item) });
      results.push({ toolResult: toolResultOf(output) });
    } else if (item.type === 'function_call_output') open.delete(item.callId);
  }
  settle();
  if (messages[0]?.role !== 'user') messages.unshift({ role: 'user', content: [opening] });
  if (messages.at(-1)?.role === 'assistant') messages.push({ role: 'user', content: [{ text: '(Go on.)' }] });
  return { system, messages };
}

/**
 * Tools as Converse takes them; undefined when there are none, which Converse refuses as an empty list.
 *
 * Converse knows no choice of `none`, and refuses (ValidationException) a conversation with toolUse blocks when no
 * tools are configured: the tools stay as long as the conversation has any, without a choice. A model that calls one
 * all the same is the framework's to handle.
 */
export function toToolConfiguration(
  tools: llm.ToolContext | undefined,
  choice?: llm.ToolChoice,
  { messages }: Pick<Conversation, 'messages'> = { messages: [] },
): ToolConfiguration | undefined {
  const functions = Object.values(tools?.functionTools ?? {});
  if (functions.length === 0 || (choice === 'none' && !messages.some(usesTools))) return undefined;
  const specs = functions.map(({ name, description, parameters }): Tool => {
    const json = llm.toJsonSchema(parameters, false) as never;
    return { toolSpec: { name, description, inputSchema: { json } } };
  });
  return {
    tools: specs,
    ...(choice === undefined || choice === 'none' ? {} : { toolChoice: toolChoice(choice) }),
  };
}

const usesTools = ({ content }: Message) => content?.some(({ toolUse }) => toolUse !== undefined) ?? false;

function toolChoice(choice: Exclude<llm.ToolChoice, 'none'>): NonNullable<ToolConfiguration['toolChoice']> {
  if (choice === 'auto') return { auto: {} };
  if (choice === 'required') return { any: {} };
  return { tool: { name: choice.function.name } };
}

function toolResultOf({ callId, output, isError }: llm.FunctionCallOutput) {
  const status = isError ? ('error' as const) : ('success' as const);
  return { toolUseId: callId, content: [{ text: output }], status };
}

/** Converse takes no other names, and no input that is not an object, also where a model made them up: the call would be lost with each request after it. */
function toolUseOf({ callId, name, args }: llm.FunctionCall): NonNullable<ContentBlock['toolUse']> {
  const known = name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  return { toolUseId: callId, name: known || 'unnamed', input: objectIn(args) };
}

function objectIn(args: string): never {
  let input: unknown;
  try {
    input = JSON.parse(args);
  } catch {
    input = {};
  }
  return (typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}) as never;
}
