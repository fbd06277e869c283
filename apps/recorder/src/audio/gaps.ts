import type { Gap, Payload } from '@vestibule/record';
import { samplesPerMs, type Span } from './timeline.ts';

/** Two lost packets at a time are no gap: nobody hears that something is missing, ms. */
const leastMs = 60;

/** Where spans of both lists overlap. Each list is in order and without overlaps of its own. */
export function overlaps(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap(([from, to]) =>
    others.flatMap(([otherFrom, otherTo]): Span[] => {
      const span: Span = [Math.max(from, otherFrom), Math.min(to, otherTo)];
      return span[0] < span[1] ? [span] : [];
    }),
  );
}

type Chunk = Pick<Payload<'audio'>, 'fromSample' | 'samples' | 'missing'>;

/**
 * Where a recording of these chunks, which are in order, is silent because nothing was recorded: of neither party, in the call's time. What is
 * silent before the first audio, or after the last, is none.
 */
export function gapsOf(chunks: readonly Chunk[]): Gap[] {
  const merged: [from: number, to: number][] = [];
  const first = chunks[0]?.fromSample ?? 0;
  let next = first;
  for (const { fromSample, samples, missing } of chunks) {
    const between: number[][] = fromSample > next ? [[next, fromSample]] : [];
    for (const [from = 0, to = 0] of [...between, ...missing]) {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    next = Math.max(next, fromSample + samples);
  }
  return merged
    .filter(([from, to]) => to - from > leastMs * samplesPerMs && from > first && to < next)
    .map(([from, to]) => ({ fromMs: Math.round(from / samplesPerMs), toMs: Math.round(to / samplesPerMs) }));
}
