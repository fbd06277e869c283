import type { ReadableStream } from 'node:stream/web';
import { TransformStream } from 'node:stream/web';
import type { FlushSentinel, llm } from '@livekit/agents';
import type { CallLog } from '@vestibule/record';

type Chunk = llm.ChatChunk | string | FlushSentinel;

/** Writes each prompt before it is sent and each output when it has come; a prompt's messages are written once. */
export class PromptLog {
  readonly #log: CallLog;
  readonly #model: string;
  readonly #now: () => number;
  readonly #onOutput: () => void;
  readonly #seen = new Set<string>();

  /** `onOutput`: the model has answered. */
  constructor(log: CallLog, model: string, now: () => number, onOutput: () => void) {
    this.#log = log;
    this.#model = model;
    this.#now = now;
    this.#onOutput = onOutput;
  }

  async sent(system: string, context: llm.ChatContext, tools: llm.ToolContext): Promise<void> {
    const items = context.items.filter(({ id }) => !this.#seen.has(id));
    const since = this.#seen.size;
    for (const { id } of items) this.#seen.add(id);
    const piiMessages = items.map((item) => JSON.parse(JSON.stringify(item)) as unknown);
    await this.#log.append('prompt', {
      model: this.#model,
      system,
      piiMessages,
      since,
      tools: Object.keys(tools.functionTools),
    });
  }

  /** The stream as it is; what passed through is on the log by the time it ends. */
  received(output: ReadableStream<Chunk>): ReadableStream<Chunk> {
    const began = this.#now();
    let piiText = '';
    const calls: llm.FunctionCall[] = [];
    let usage: llm.CompletionUsage | undefined;
    return output.pipeThrough(
      new TransformStream<Chunk, Chunk>({
        transform: (chunk, controller) => {
          if (typeof chunk === 'string') piiText += chunk;
          else if (typeof chunk === 'object') {
            piiText += chunk.delta?.content ?? '';
            calls.push(...(chunk.delta?.toolCalls ?? []));
            usage = chunk.usage ?? usage;
          }
          controller.enqueue(chunk);
        },
        flush: async () => {
          this.#onOutput();
          await this.#log.append('output', {
            piiText,
            toolCalls: calls.map(({ callId, name, args }) => ({ id: callId, name, piiArguments: args })),
            ...(usage === undefined
              ? {}
              : { usage: { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens } }),
            durationMs: Math.round(this.#now() - began),
          });
        },
      }),
    );
  }
}
