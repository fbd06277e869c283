import { ReadableStream } from 'node:stream/web';
import type { Clock } from '@vestibule/core';

/** The stream as it is; when its first chunk takes longer than `afterMs`, `words` come before it. Who cancels it cancels the stream. */
export function withHolding<Chunk>(
  stream: ReadableStream<Chunk>,
  { words, afterMs, clock }: { words: Chunk; afterMs: number; clock: Clock },
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
          if (await isLate(next, afterMs, clock)) return controller.enqueue(words);
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

async function isLate(first: Promise<unknown>, afterMs: number, clock: Clock): Promise<boolean> {
  const waiting = new AbortController();
  const came = first.then(
    () => false,
    () => false,
  );
  const late = await Promise.race([clock.sleep(afterMs, waiting.signal).then(() => true), came]);
  waiting.abort();
  return late;
}
