import type { TestEvent } from 'node:test/reporters';

/**
 * The events of a run of one file; if a test of it fails, those of a second run in their place, after a line for each failure
 * of the first. For files held to the clock of a shared machine only: what fails twice is a failure, and what fails once is
 * seen in the report. `start` begins a run.
 */
export async function* withSecondTry(
  name: string,
  start: () => AsyncIterable<TestEvent>,
): AsyncGenerator<TestEvent> {
  const first: TestEvent[] = [];
  for await (const event of start()) first.push(event);
  const failures = first.flatMap((event) => (event.type === 'test:fail' ? [event.data] : []));
  if (failures.length === 0) {
    yield* first;
    return;
  }
  yield note(`${name} failed and is run once more, alone:`);
  for (const { name: test, details } of failures)
    yield note(`  first try: ${test}: ${reason(details.error)}`);
  yield* start();
}

function note(message: string): TestEvent {
  return { type: 'test:diagnostic', data: { nesting: 0, message, level: 'warn' } };
}

function reason(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.stack ?? cause.message;
}
