import { type ReadableStream, TransformStream } from 'node:stream/web';
import { type FlushSentinel, llm } from '@livekit/agents';
import { LLM as BedrockLLM } from '@vestibule/agents-plugin-aws';
import { canonicalJson } from '@vestibule/core';
import { type CallLog, type Payload, PromptParts } from '@vestibule/record';
import { z } from 'zod';

type Chunk = llm.ChatChunk | string | FlushSentinel;

/** What a Converse body says that is nothing of a caller's. */
const converseSchema = z.object({
  inferenceConfig: z.record(z.string(), z.unknown()).optional(),
  toolConfig: z.object({ toolChoice: z.unknown().optional() }).optional(),
});

/** What is handed to a model, as the framework has it. */
export interface Handed {
  /** The blocks of the system prompt, the ones that stay the same apart from those that change. */
  system: readonly string[];
  context: llm.ChatContext;
  tools: llm.ToolContext;
  choice: llm.ToolChoice | undefined;
}

/**
 * Writes each prompt before it is sent, and each output before any of its tools is called. Of a model that shows its requests the
 * bytes on the wire are written; of any other what is handed to its plugin.
 */
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

  /** Resolves when the prompt is on the log, or will be before it is sent. */
  async sent(to: unknown, { system, context, tools, choice }: Handed): Promise<void> {
    if (to instanceof BedrockLLM) {
      to.onRequest = (body) => this.#onWire(Buffer.from(body).toString());
      return;
    }
    const payload = {
      model: this.#model,
      system,
      messages: context.items.map((item) => JSON.parse(JSON.stringify(item)) as unknown),
      tools: Object.entries(tools.functionTools).map(([name, { description, parameters }]) => ({
        name,
        description,
        parameters: llm.toJsonSchema(parameters, false),
      })),
    };
    await this.#write('framework', { toolChoice: choice ?? 'auto' }, canonicalJson(payload));
  }

  async #onWire(body: string): Promise<void> {
    await this.#write('wire', parametersIn(body), body);
  }

  async #write(
    layer: NonNullable<Payload<'prompt'>['layer']>,
    parameters: Record<string, unknown>,
    text: string,
  ): Promise<void> {
    await this.#log.append('prompt', { model: this.#model, layer, parameters, ...this.#parts.take(text) });
  }

  /**
   * The stream, its text at once; its tool calls only when the output is on the log. What came of one that was cut off (the caller
   * went on speaking, the model broke down) is on the log too, and none of its tools is called.
   */
  received(output: ReadableStream<Chunk>): ReadableStream<Chunk> {
    const began = this.#now();
    const held: llm.ChatChunk[] = [];
    let piiText = '';
    let usage: llm.CompletionUsage | undefined;
    const write = (cutOff: boolean) =>
      this.#log.append('output', {
        ...(cutOff ? { cutOff } : {}),
        piiText,
        toolCalls: held
          .flatMap(({ delta }) => delta?.toolCalls ?? [])
          .map(({ callId, name, args }) => ({ id: callId, name, piiArguments: args })),
        ...(usage === undefined
          ? {}
          : { usage: { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens } }),
        durationMs: Math.round(this.#now() - began),
      });
    return output.pipeThrough(
      new TransformStream<Chunk, Chunk>({
        transform: (chunk, controller) => {
          const { delta, usage: used } = typeof chunk === 'object' ? chunk : {};
          piiText += typeof chunk === 'string' ? chunk : (delta?.content ?? '');
          usage = used ?? usage;
          if (typeof chunk === 'object' && (delta?.toolCalls?.length ?? 0) > 0) held.push(chunk);
          else controller.enqueue(chunk);
        },
        flush: async (controller) => {
          // A model that broke down before its first word ends its stream as one that has answered does.
          const isAnswer = piiText !== '' || held.length > 0;
          if (isAnswer) this.#onOutput();
          await write(!isAnswer);
          for (const chunk of held) controller.enqueue(chunk);
        },
        // Nobody waits for it: a log that refuses it refuses the next entry too.
        cancel: () => void write(true).catch(() => {}),
      }),
    );
  }
}

/** The body itself is on record whatever it is: a form that is not known here must not keep it from being sent. */
function parametersIn(body: string): Record<string, unknown> {
  const { inferenceConfig, toolConfig } = converseSchema.safeParse(JSON.parse(body)).data ?? {};
  const toolChoice = toolConfig?.toolChoice;
  return { ...inferenceConfig, ...(toolChoice === undefined ? {} : { toolChoice }) };
}
