import type { ReadableStream } from 'node:stream/web';
import { TransformStream } from 'node:stream/web';
import { type FlushSentinel, llm } from '@livekit/agents';
import { type CallLog, PromptParts } from '@vestibule/record';

type Chunk = llm.ChatChunk | string | FlushSentinel;

/** Writes each prompt before it is sent, and each output when it has come. */
export class PromptLog {
  readonly #log: CallLog;
  readonly #model: string;
  readonly #now: () => number;
  readonly #onOutput: () => void;
  readonly #parts: PromptParts;

  /** `onOutput`: the model has answered. */
  constructor(log: CallLog, model: string, now: () => number, onOutput: () => void) {
    this.#log = log;
    this.#model = model;
    this.#now = now;
    this.#onOutput = onOutput;
    this.#parts = new PromptParts(log.entries);
  }

  /** `system`: its blocks, the ones that stay the same apart from those that change. */
  async sent(system: readonly string[], { items }: llm.ChatContext, tools: llm.ToolContext): Promise<void> {
    const payload = {
      model: this.#model,
      system,
      messages: items.map((item) => JSON.parse(JSON.stringify(item)) as unknown),
      tools: Object.entries(tools.functionTools).map(([name, { description, parameters }]) => ({
        name,
        description,
        parameters: llm.toJsonSchema(parameters, false),
      })),
    };
    await this.#log.append('prompt', { model: this.#model, ...this.#parts.take(payload) });
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
