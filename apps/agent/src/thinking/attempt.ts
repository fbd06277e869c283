import type { llm } from '@livekit/agents';
import type { Clock } from '@vestibule/core';
import { AttemptFailure, failureOf } from './failure.ts';

/** A model under the name that the record has for it: provider and model. */
export interface NamedModel {
  name: string;
  llm: llm.LLM;
}

export interface Request {
  context: llm.ChatContext;
  tools: llm.ToolContext;
  choice?: llm.ToolChoice | undefined;
}

export interface Limits {
  clock: Clock;
  /** Until the first token, ms. Of a plugin that holds tool calls back until they are whole: until the first whole one. */
  firstMs: number;
  /** From one piece to the next, ms. */
  gapMs: number;
  /** For the whole answer, ms: some never stop. */
  wholeMs: number;
  /** The caller went on speaking: nothing more is wanted. */
  signal: AbortSignal;
}

/** The plugin's own limit is only the last resort: deadlines are ours. */
const connOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 30_000 };

/**
 * One request to one model, without retries: its chunks as they come. Ends early, without an error, when the signal aborts.
 * @throws AttemptFailure
 */
export async function* attempt(
  { llm: model }: NamedModel,
  { context: chatCtx, tools: toolCtx, choice: toolChoice }: Request,
  { clock, firstMs, gapMs, wholeMs, signal }: Limits,
): AsyncGenerator<llm.ChatChunk, void, undefined> {
  const until = clock.monotonic() + wholeMs;
  let failure: unknown;
  // The framework's stream ends alike when it is whole and when it has failed: its model tells.
  const onError = ({ error }: { error: unknown }) => (failure = error);
  model.on('error', onError);
  const stream = model.chat({
    chatCtx,
    toolCtx,
    connOptions,
    ...(toolChoice === undefined ? {} : { toolChoice }),
  });
  try {
    let next = clock.monotonic() + firstMs;
    for (;;) {
      const left = Math.min(next, until) - clock.monotonic();
      const step = await inTime(stream.next(), left, clock, signal);
      if (step === undefined) return;
      if (step.done === true) break;
      const asked = clock.monotonic();
      yield wellFormed(step.value);
      // Time in which nobody asked for more is not the model's. Neither is a piece without a word one that was waited for.
      const waited = clock.monotonic() - asked;
      next = isWord(step.value) ? clock.monotonic() + gapMs : next + waited;
    }
    if (failure !== undefined) throw failureOf(failure);
  } finally {
    stream.close();
    model.off('error', onError);
  }
}

/** A word, or a tool call, or that one begins: not white space, signs, nor how much was used. */
const isWord = ({ delta }: llm.ChatChunk): boolean =>
  delta !== undefined && (delta.content === undefined || /[\p{L}\p{N}]/u.test(delta.content));

/** Half a surrogate pair is no text, and the record does not take it. */
function wellFormed({ delta, ...chunk }: llm.ChatChunk): llm.ChatChunk {
  if (!delta) return chunk;
  const { content, toolCalls = [] } = delta;
  for (const call of toolCalls) {
    call.name = call.name.toWellFormed();
    call.args = call.args.toWellFormed();
  }
  return {
    ...chunk,
    delta: { ...delta, ...(content === undefined ? {} : { content: content.toWellFormed() }) },
  };
}

/** undefined when the signal aborts. @throws AttemptFailure `late` */
async function inTime<T>(
  answer: Promise<T>,
  ms: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<T | undefined> {
  const waiting = new AbortController();
  const limit = clock.sleep(Math.max(0, ms), AbortSignal.any([signal, waiting.signal])).then(() => {
    if (signal.aborted) return undefined;
    throw new AttemptFailure('late');
  });
  // Whoever comes second has nobody who listens.
  limit.catch(() => {});
  answer.catch(() => {});
  try {
    return await Promise.race([answer, limit]);
  } finally {
    waiting.abort();
  }
}
