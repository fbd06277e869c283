import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '@vestibule/core';
import { Keypad } from './keypad.ts';

function keypad(expected?: number) {
  const clock = new ManualClock();
  const keyed: string[] = [];
  const pad = new Keypad({
    clock,
    callTime: () => clock.monotonic(),
    expected: () => expected,
    onKeyed: ({ keys }) => keyed.push(keys),
  });
  return { clock, keyed, press: (keys: string) => [...keys].forEach((key) => pad.press(key)) };
}

test('as many keys as the question takes are an answer at once', () => {
  const { keyed, press } = keypad(10);
  press('5550100130');
  assert.deepEqual(keyed, ['5550100130']);
});

test('otherwise a pause ends them, and each key begins the wait anew', async () => {
  const { clock, keyed, press } = keypad();
  press('12');
  await clock.advance(2000);
  press('3');
  await clock.advance(2000);
  assert.deepEqual(keyed, []);
  await clock.advance(500);
  assert.deepEqual(keyed, ['123']);
});

test('# ends them, * begins anew, letters of the keypad are none', async () => {
  const { clock, keyed, press } = keypad();
  press('99*A7#');
  await clock.advance(5000);
  press('#');
  assert.deepEqual(keyed, ['7']);
});
