import { parseConverse, type ConverseRequest } from '../../bedrock/converse-request.ts';
import type { Reply } from '../../bedrock/reply.ts';

export interface ToolFixture {
  readonly name: string;
  readonly description?: string;
  readonly schema: object;
}

export type Turn =
  | { readonly caller: string }
  | { readonly agent: string }
  | { readonly tool: string; readonly input: object; readonly result: unknown };

/** A Converse request as a client would send it. */
export function request(
  system: string,
  tools: readonly ToolFixture[],
  turns: readonly Turn[],
): ConverseRequest {
  const messages: { role: string; content: unknown[] }[] = [];
  const add = (role: string, block: unknown) => {
    const last = messages.at(-1);
    if (last?.role === role) last.content.push(block);
    else messages.push({ role, content: [block] });
  };
  turns.forEach((turn, index) => {
    if ('caller' in turn) add('user', { text: turn.caller });
    else if ('agent' in turn) add('assistant', { text: turn.agent });
    else {
      const toolUseId = `tooluse_${index}`;
      add('assistant', { toolUse: { toolUseId, name: turn.tool, input: turn.input } });
      const text = typeof turn.result === 'string' ? turn.result : JSON.stringify(turn.result);
      add('user', { toolResult: { toolUseId, content: [{ text }], status: 'success' } });
    }
  });
  if (messages[0]?.role === 'assistant')
    messages.unshift({ role: 'user', content: [{ text: '(The call has been answered.)' }] });
  const toolConfig = {
    tools: tools.map(({ name, description, schema }) => ({
      toolSpec: { name, description, inputSchema: { json: schema } },
    })),
  };
  const document = { messages, system: [{ text: system }], ...(tools.length > 0 ? { toolConfig } : {}) };
  return parseConverse(Buffer.from(JSON.stringify(document)));
}

/** A reply in one line: `record_answer{"item":"x"} + "words"`. */
export function inShort(reply: Reply): string {
  return reply
    .map((block) => (block.kind === 'text' ? block.text : `${block.name}${JSON.stringify(block.input)}`))
    .join(' + ');
}
