import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEnvironment, processName } from './environment.ts';
import { isCodedError } from './coded-error.ts';

const schema = (issues: { path: string[]; message: string }[]) => ({
  safeParse: (value: unknown) =>
    issues.length === 0
      ? { success: true as const, data: { seen: value } }
      : { success: false as const, error: { issues } },
});

test('what a schema takes is frozen', () => {
  const read = parseEnvironment(schema([]), { A: 'b' });
  assert.deepEqual(read, { seen: { A: 'b' } });
  assert.ok(Object.isFrozen(read));
});

test('all that it refuses is said together', () => {
  const issues = [
    { path: ['A'], message: 'is missing' },
    { path: ['B'], message: 'is no number' },
  ];
  assert.throws(
    () => parseEnvironment(schema(issues), {}),
    (error) =>
      isCodedError(error, 'invalid-environment') &&
      error.message.includes('A: is missing') &&
      error.message.includes('B: is no number'),
  );
});

test('a process is named by what it is, its host and its number', () =>
  assert.match(processName('worker'), new RegExp(`^worker-[\\w-]+-${process.pid}$`)));
