import type { TestEvent } from 'node:test/reporters';

/** The figures of node:test's summary, by the names it prints them under. */
export interface Counts {
  tests: number;
  suites: number;
  pass: number;
  fail: number;
  cancelled: number;
  skipped: number;
  todo: number;
}

/** `tests 12`, `pass 11`, `duration_ms 81.3`: how node:test ends its stream. */
const summaryLine = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/**
 * The events of several test runs as if they were one: their summaries are added into `counts` and given once, at the
 * end, as node:test itself would. `clock`: ms, monotonic.
 */
export async function* mergeRuns(
  runs: Iterable<AsyncIterable<TestEvent>>,
  counts: Counts,
  clock: () => number,
): AsyncGenerator<TestEvent> {
  const began = clock();
  for (const run of runs) {
    for await (const event of run) {
      if (event.type === 'test:diagnostic' && event.data.nesting === 0 && take(event.data.message, counts))
        continue;
      yield event;
    }
  }
  for (const [name, count] of [
    ...Object.entries(counts),
    ['duration_ms', Math.round(clock() - began)] as const,
  ]) {
    yield { type: 'test:diagnostic', data: { nesting: 0, message: `${name} ${count}`, level: 'info' } };
  }
}

/** Adds a line of a run's summary; false when it is no such line. */
function take(message: string, counts: Counts): boolean {
  if (!summaryLine.test(message)) return false;
  const [name = '', value] = message.split(' ');
  if (name in counts) counts[name as keyof Counts] += Number(value);
  return true;
}
