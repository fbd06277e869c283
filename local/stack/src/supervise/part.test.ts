import assert from 'node:assert/strict';
import { test } from 'node:test';
import { task } from '../testing/parts.ts';
import { inStartOrder } from './part.ts';

const idle = () => Promise.resolve();

test('parts come after what they wait for, whatever order they were written in', () => {
  const parts = [
    task('agent', idle, ['livekit', 'log']),
    task('livekit', idle, ['bus']),
    task('log', idle),
    task('bus', idle),
  ];
  assert.deepEqual(
    inStartOrder(parts).map(({ name }) => name),
    ['bus', 'livekit', 'log', 'agent'],
  );
});

test('an unknown dependency, a circle and a name given twice are refused by name', () => {
  assert.throws(() => inStartOrder([task('a', idle, ['nobody'])]), /a waits for nobody/);
  assert.throws(() => inStartOrder([task('a', idle, ['b']), task('b', idle, ['a'])]), /a → b → a/);
  assert.throws(() => inStartOrder([task('a', idle), task('a', idle)]), /same name/);
});
