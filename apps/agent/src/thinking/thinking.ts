import { ReadableStream } from 'node:stream/web';
import type { llm } from '@livekit/agents';
import type { Clock, Logger } from '@vestibule/core';
import type { Handed, PromptLog } from '../call/prompt-log.ts';
import { attempt, type NamedModel } from './attempt.ts';
import { AttemptFailure, type FailureCode, failureOf } from './failure.ts';
import { isBoundless, isNonsense, readable } from './nonsense.ts';
import type { Standing } from './standing.ts';

export type Chunk = llm.ChatChunk | string;

/** What of a model's words may be said, as they come: whole sentences. */
export interface Mouth {
  push(words: string): string;
  /** What is left to be said when the model has ended, or has said enough. `leadsOn`: its tools' results are spoken next. */
  end(leadsOn: boolean): string;
  readonly isFull: boolean;
}

export interface ThinkingOptions {
  /** In the order of preference. */
  models: readonly NamedModel[];
  standing: Standing;
  prompts: PromptLog;
  clock: Clock;
  logger: Logger;
  /** Until a model must have begun to answer, ms. */
  firstTokenMs: number;
}

export interface Question extends Handed {
  /** As the model gets it: the system's messages, then the conversation. */
  prompt: llm.ChatContext;
  /** Of each answer anew. */
  mouth: () => Mouth;
  /** What is said when no model has answered. */
  otherwise: () => Promise<string | undefined>;
}

/** Behind the last model there is only the engine, which understands less: it is given this much longer. */
const lastTimes = 3;
const gapMs = 2000;
const wholeMs = 10_000;
/** Failures that took no time are worth a second round while the caller has waited no longer than this, ms. */
const againWithinMs = 1500;
const pauseMs = 250;
const passing: ReadonlySet<FailureCode> = new Set(['throttled', 'broken', 'empty']);
/** An answer whose tools are nonsense is told so and may try again; so many in a turn are too many. */
const mostNonsense = 2;

/**
 * Asks the models of the list until one answers: one that is throttled, late, refuses, says nothing or talks nonsense is passed over in the
 * same turn. Each attempt is on record with its model and what came of it.
 */
export class Thinking {
  readonly #options: ThinkingOptions;
  #nonsense = 0;

  constructor(options: ThinkingOptions) {
    this.#options = options;
  }

  /** Whether any model is worth asking now. */
  get isReady(): boolean {
    const { models, standing } = this.#options;
    return models.some(({ name }) => standing.isReady(name));
  }

  /** The caller has said something new. */
  newTurn(): void {
    this.#nonsense = 0;
  }

  /** Words at once, sentence by sentence; tool calls only when the output is on the log. Who cancels it ends the request. */
  answer(question: Question): ReadableStream<Chunk> {
    const stop = new AbortController();
    const chunks = this.#answer(question, stop.signal);
    return new ReadableStream<Chunk>(
      {
        async pull(controller) {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          stop.abort();
          await chunks.return();
        },
      },
      { highWaterMark: 0 },
    );
  }

  async *#answer(question: Question, signal: AbortSignal): AsyncGenerator<Chunk, void, undefined> {
    const { clock, firstTokenMs, models, standing } = this.#options;
    const began = clock.monotonic();
    let candidates = models.filter(({ name }) => standing.isReady(name));
    for (let round = 0; round < 2 && candidates.length > 0; round++) {
      const again: NamedModel[] = [];
      for (const model of candidates) {
        const firstMs = model === candidates.at(-1) ? firstTokenMs * lastTimes : firstTokenMs;
        const failure = yield* this.#ask(model, question, firstMs, signal);
        if (failure === undefined || signal.aborted) return;
        if (passing.has(failure)) again.push(model);
      }
      if (clock.monotonic() - began > againWithinMs) break;
      candidates = again;
      if (again.length > 0) await clock.sleep(pauseMs, signal);
      if (signal.aborted) return;
    }
    const words = await question.otherwise();
    if (words !== undefined) yield words;
  }

  /** @returns why it came to nothing; undefined when it has answered, or was cut off. */
  async *#ask(
    model: NamedModel,
    question: Question,
    firstMs: number,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk, FailureCode | undefined, undefined> {
    const { clock, logger, prompts, standing } = this.#options;
    const { prompt: context, tools, choice } = question;
    await prompts.sent(model, question);
    const output = prompts.output(model.name);
    const mouth = question.mouth();
    const limits = { clock, firstMs, gapMs, wholeMs, signal };
    let isOver = false;
    try {
      for await (const chunk of attempt(model, { context, tools, choice }, limits)) {
        const { content = '', toolCalls = [] } = chunk.delta ?? {};
        if (isBoundless([...output.calls, ...toolCalls], output.text + content))
          throw new AttemptFailure('nonsense');
        output.add(chunk);
        const words = mouth.push(content);
        if (words !== '') yield words;
        if (mouth.isFull) break;
      }
      if (signal.aborted) return undefined;
      this.#judge(output.calls, output.text, question);
      isOver = true;
      await output.write();
      standing.worked(model.name);
      const rest = mouth.end(output.calls.length > 0 && choice !== 'none');
      if (rest !== '') yield rest;
      for (const chunk of output.toolChunks) yield withReadable(chunk);
      return undefined;
    } catch (error) {
      // A log that refuses an entry is no failure of the model's.
      if (isOver) throw error;
      isOver = true;
      const { code } = failureOf(error);
      standing.failed(model.name);
      logger.warn('model failed', { model: model.name, code });
      await output.write(code);
      return code;
    } finally {
      // Nobody waits for it: a log that refuses it refuses the next entry too.
      if (!isOver) output.write('').catch(() => {});
    }
  }

  /** @throws AttemptFailure */
  #judge(calls: readonly llm.FunctionCall[], text: string, { tools, choice }: Question): void {
    const isUnasked = choice === 'none' && calls.length > 0;
    if (text.trim() === '' && (calls.length === 0 || isUnasked)) throw new AttemptFailure('empty');
    if (!isNonsense(calls, tools)) return;
    this.#nonsense += 1;
    if (this.#nonsense >= mostNonsense) throw new AttemptFailure('nonsense');
  }
}

const withReadable = ({ delta, ...chunk }: llm.ChatChunk): llm.ChatChunk => ({
  ...chunk,
  ...(delta ? { delta: { ...delta, toolCalls: delta.toolCalls?.map(readable) } } : {}),
});
