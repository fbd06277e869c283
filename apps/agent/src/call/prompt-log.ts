import { llm } from '@livekit/agents';
import { LLM as BedrockLLM } from '@vestibule/agents-plugin-aws';
import { canonicalJson } from '@vestibule/core';
import { type CallLog, type Payload, PromptParts } from '@vestibule/record';
import { z } from 'zod';
import type { NamedModel } from '../thinking/attempt.ts';

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
 * Writes each prompt before it is sent, and each output, whole or not, before any of its tools is called. Of a model that shows its requests the
 * bytes on the wire are written; of any other what is handed to its plugin.
 */
export class PromptLog {
  readonly #log: CallLog;
  readonly #now: () => number;
  readonly #purpose: { purpose?: Payload<'prompt'>['purpose'] };
  readonly #parts: PromptParts;

  /** `now`: ms, monotonic. `purpose`: where the models are not to answer the caller. */
  constructor(log: CallLog, now: () => number, purpose?: NonNullable<Payload<'prompt'>['purpose']>) {
    this.#log = log;
    this.#now = now;
    this.#purpose = purpose === undefined ? {} : { purpose };
    this.#parts = new PromptParts(log.entries);
  }

  /** Resolves when the prompt is on the log, or will be before it is sent. */
  async sent({ name, llm: to }: NamedModel, { system, context, tools, choice }: Handed): Promise<void> {
    if (to instanceof BedrockLLM) {
      to.onRequest = (body) => {
        const text = Buffer.from(body).toString();
        return this.#write(name, 'wire', parametersIn(text), text);
      };
      return;
    }
    const payload = {
      model: name,
      system,
      messages: context.items.map((item) => JSON.parse(JSON.stringify(item)) as unknown),
      tools: Object.entries(tools.functionTools).map(([name, { description, parameters }]) => ({
        name,
        description,
        parameters: llm.toJsonSchema(parameters, false),
      })),
    };
    await this.#write(name, 'framework', { toolChoice: choice ?? 'auto' }, canonicalJson(payload));
  }

  /** What the model puts out in answer to the prompt that was sent last. `about`: what it was shown. */
  output(model: string, about?: Payload<'output'>['about']): Output {
    const given = { model, ...this.#purpose, ...(about === undefined ? {} : { about }) };
    const began = this.#now();
    return new Output((put) =>
      this.#log.append('output', { ...given, ...put, durationMs: Math.round(this.#now() - began) }),
    );
  }

  async #write(
    model: string,
    layer: NonNullable<Payload<'prompt'>['layer']>,
    parameters: Record<string, unknown>,
    text: string,
  ): Promise<void> {
    const parts = this.#parts.take(text);
    await this.#log.append('prompt', { model, ...this.#purpose, layer, parameters, ...parts });
  }
}

type Put = Omit<Payload<'output'>, 'durationMs' | 'model' | 'purpose' | 'about'>;

/** One answer as it comes. */
export class Output {
  readonly #write: (put: Put) => Promise<unknown>;
  readonly #held: llm.ChatChunk[] = [];
  #text = '';
  #usage: llm.CompletionUsage | undefined;

  constructor(write: (put: Put) => Promise<unknown>) {
    this.#write = write;
  }

  get text(): string {
    return this.#text;
  }

  /** The chunks with tool calls: held back until they are on the log. */
  get toolChunks(): readonly llm.ChatChunk[] {
    return this.#held;
  }

  get calls(): llm.FunctionCall[] {
    return this.#held.flatMap(({ delta }) => delta?.toolCalls ?? []);
  }

  add(chunk: llm.ChatChunk): void {
    const { delta, usage } = chunk;
    this.#text += delta?.content ?? '';
    this.#usage = usage ?? this.#usage;
    if ((delta?.toolCalls?.length ?? 0) > 0) this.#held.push(chunk);
  }

  /** `failure`: why it does not count; empty when the caller went on speaking. Then none of its tools is called. */
  async write(failure?: string): Promise<void> {
    await this.#write({
      ...(failure === undefined ? {} : { cutOff: true }),
      ...(failure === undefined || failure === '' ? {} : { failure }),
      piiText: this.#text,
      toolCalls: this.calls.map(({ callId, name, args }) => ({ id: callId, name, piiArguments: args })),
      ...(this.#usage === undefined ? {} : { usage: usageOf(this.#usage) }),
    });
  }
}

const usageOf = ({ promptTokens, completionTokens }: llm.CompletionUsage) => ({
  promptTokens,
  completionTokens,
});

/** The body itself is on record whatever it is: a form that is not known here must not keep it from being sent. */
function parametersIn(body: string): Record<string, unknown> {
  const { inferenceConfig, toolConfig } = converseSchema.safeParse(JSON.parse(body)).data ?? {};
  const toolChoice = toolConfig?.toolChoice;
  return { ...inferenceConfig, ...(toolChoice === undefined ? {} : { toolChoice }) };
}
