import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { type Counts, mergeRuns } from './merge-runs.ts';

const diagnostic = (message: string): TestEvent => ({
  type: 'test:diagnostic',
  data: { nesting: 0, message, level: 'info' },
});

async function* runOf(...messages: string[]): AsyncGenerator<TestEvent> {
  for (const message of messages) yield diagnostic(message);
}

test('two runs have one summary, the sum of theirs, at the end', async () => {
  const counts: Counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  const runs = [
    runOf('a note', 'tests 3', 'pass 2', 'fail 1', 'duration_ms 12.5'),
    runOf('tests 2', 'pass 2'),
  ];
  const ticks = [0, 40];
  const messages = [];
  for await (const event of mergeRuns(runs, counts, () => ticks.shift() ?? 0)) {
    messages.push(event.type === 'test:diagnostic' ? event.data.message : '');
  }
  assert.deepEqual(messages.slice(0, 4), ['a note', 'tests 5', 'suites 0', 'pass 4']);
  assert.equal(messages.at(-1), 'duration_ms 40');
  assert.equal(counts.fail, 1);
});
