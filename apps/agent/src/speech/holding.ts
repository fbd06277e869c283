import { ReadableStream } from 'node:stream/web';
import type { Clock } from '@vestibule/core';

/** The caller never hears more unexplained silence than 2.5 s after their last word; words that begin now are heard 0.5 s later (`bench/silence`). */
export const holdingAfterMs = 2000;

/** The stream as it is; when its first chunk takes longer than `afterMs`, `first` comes before it. Who cancels it cancels the stream. */
export function withHolding<Chunk>(
  stream: ReadableStream<Chunk>,
  { first, afterMs, clock }: { first: readonly Chunk[]; afterMs: number; clock: Clock },
): ReadableStream<Chunk> {
  const chunks = stream.getReader();
  let isAwaited = false;
  let next: ReturnType<typeof chunks.read> | undefined;
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        next ??= chunks.read();
        if (!isAwaited) {
          isAwaited = true;
          if (await takesLonger(next, afterMs, clock)) {
            for (const chunk of first) controller.enqueue(chunk);
            return;
          }
        }
        const { done, value } = await next;
        next = undefined;
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => chunks.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Whether `first` has not settled after so long. */
export async function takesLonger(first: Promise<unknown>, afterMs: number, clock: Clock): Promise<boolean> {
  const waiting = new AbortController();
  const came = first.then(
    () => false,
    () => false,
  );
  const late = await Promise.race([clock.sleep(Math.max(0, afterMs), waiting.signal).then(() => true), came]);
  waiting.abort();
  return late;
}
