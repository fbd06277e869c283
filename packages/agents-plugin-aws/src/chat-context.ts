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
  const answered = new Set(
    context.items.flatMap((item) => (item.type === 'function_call_output' ? [item.callId] : [])),
  );
  const called = new Set(
    context.items.flatMap((item) => (item.type === 'function_call' ? [item.callId] : [])),
  );
  const system: SystemContentBlock[] = [];
  const messages: Message[] = [];
  const add = (role: 'user' | 'assistant', block: ContentBlock) => {
    const last = messages.at(-1);
    if (last?.role === role) last.content?.push(block);
    else messages.push({ role, content: [block] });
  };
  for (const item of context.items) {
    if (item.type === 'message') {
      const text = item.textContent?.trim();
      if (!text) continue;
      if (item.role === 'system' || item.role === 'developer') system.push({ text });
      else add(item.role, { text });
    } else if (item.type === 'function_call' && answered.has(item.callId)) {
      add('assistant', {
        toolUse: { toolUseId: item.callId, name: item.name, input: parseArguments(item.args) },
      });
    } else if (item.type === 'function_call_output' && called.has(item.callId)) {
      const status = item.isError ? 'error' : 'success';
      add('user', { toolResult: { toolUseId: item.callId, content: [{ text: item.output }], status } });
    }
  }
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

function parseArguments(args: string): never {
  return (args === '' ? {} : JSON.parse(args)) as never;
}
