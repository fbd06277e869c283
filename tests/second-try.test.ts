import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { withSecondTry } from './second-try.ts';

const base = { name: 'a call', nesting: 0, testNumber: 1, file: 'x.test.ts', column: 1, line: 1 };
const passed: TestEvent = { type: 'test:pass', data: { ...base, details: { duration_ms: 1 } } } as TestEvent;
const failed: TestEvent = {
  type: 'test:fail',
  data: { ...base, details: { duration_ms: 1, error: new Error('not heard') } },
} as TestEvent;

async function types(...tries: TestEvent[]): Promise<[string[], string]> {
  const seen: TestEvent[] = [];
  async function* start(): AsyncGenerator<TestEvent> {
    yield tries.shift()!;
  }
  for await (const event of withSecondTry('x.test.ts', start)) seen.push(event);
  const notes = seen.flatMap(({ type, data }) => (type === 'test:diagnostic' ? [data.message] : []));
  return [seen.map(({ type }) => type).filter((type) => type !== 'test:diagnostic'), notes.join('\n')];
}

test('a file that passes is run once', async () => {
  assert.deepEqual(await types(passed, failed), [['test:pass'], '']);
});

test('a file that fails is run again, and the report keeps what failed first', async () => {
  const [seen, notes] = await types(failed, passed);
  assert.deepEqual(seen, ['test:pass']);
  assert.match(notes, /x\.test\.ts failed[\s\S]*first try: a call: Error: not heard/);
});

test('a file that fails twice has failed', async () => {
  assert.deepEqual((await types(failed, failed))[0], ['test:fail']);
});
