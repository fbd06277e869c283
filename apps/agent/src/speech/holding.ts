import { ReadableStream } from 'node:stream/web';
import type { Clock } from '@vestibule/core';

/** The stream as it is; when its first chunk takes longer than `afterMs`, `words` come before it. */
export function withHolding<Chunk>(
  stream: ReadableStream<Chunk>,
  { words, afterMs, clock }: { words: Chunk; afterMs: number; clock: Clock },
): ReadableStream<Chunk> {
  return ReadableStream.from<Chunk>(
    (async function* () {
      const chunks = stream[Symbol.asyncIterator]();
      const first = chunks.next();
      const waiting = new AbortController();
      const isLate = await Promise.race([
        clock.sleep(afterMs, waiting.signal).then(() => true),
        first.then(
          () => false,
          () => false,
        ),
      ]);
      waiting.abort();
      if (isLate) yield words;
      for (let next = await first; !next.done; next = await chunks.next()) yield next.value;
    })(),
  );
}
