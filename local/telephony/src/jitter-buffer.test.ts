import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JitterBuffer } from './index.ts';

const frame = (value: number) => new Int16Array(160).fill(value);
const at = (index: number, value = index + 1, ssrc = 1) => ({
  timestamp: (0xffffff00 + index * 160) >>> 0,
  ssrc,
  samples: frame(value),
});

/** First sample of each of the next frames. */
const hear = (buffer: JitterBuffer, count: number) =>
  Array.from({ length: count }, () => buffer.pull(160)[0]);

test('holds back its depth, then plays in order, across the wrap of timestamps', () => {
  const buffer = new JitterBuffer();
  buffer.push(at(0));
  assert.deepEqual(hear(buffer, 2), [0, 0]);
  for (const index of [2, 1, 3]) buffer.push(at(index));
  assert.deepEqual(hear(buffer, 4), [1, 2, 3, 4]);
});

test('a lost packet is silence in its place, a doubled one counts once, a late one is dropped', () => {
  const buffer = new JitterBuffer();
  for (const index of [0, 1, 1, 3, 4]) buffer.push(at(index));
  assert.deepEqual(hear(buffer, 4), [1, 2, 0, 4]);
  buffer.push(at(2));
  assert.deepEqual([buffer.late, buffer.concealed], [1, 160]);
  assert.deepEqual(hear(buffer, 1), [5]);
});

test('when it has run dry it fills anew, and takes a pause of the sender for one', () => {
  const buffer = new JitterBuffer();
  for (const index of [0, 1, 2]) buffer.push(at(index));
  assert.deepEqual(hear(buffer, 5), [1, 2, 3, 0, 0]);
  for (const index of [50, 51, 52]) buffer.push(at(index));
  assert.deepEqual(hear(buffer, 3), [51, 52, 53]);
});

test('more than the limit is cut down to the depth: no growing delay', () => {
  const buffer = new JitterBuffer();
  for (const index of [0, 1, 2]) buffer.push(at(index));
  assert.deepEqual(hear(buffer, 1), [1]);
  for (let index = 3; index < 30; index++) buffer.push(at(index));
  assert.ok(buffer.waiting <= 1920);
  assert.ok(hear(buffer, 1)[0]! > 10);
});

test('packets of 10 or 30 ms play as well, and a new source starts at once', () => {
  const buffer = new JitterBuffer();
  for (let index = 0; index < 4; index++)
    buffer.push({ timestamp: index * 240, ssrc: 1, samples: new Int16Array(240).fill(index + 1) });
  const heard = Int16Array.from([...buffer.pull(160), ...buffer.pull(160), ...buffer.pull(160)]);
  assert.deepEqual([heard[0], heard[239], heard[240], heard[479]], [1, 1, 2, 2]);
  for (const index of [0, 1, 2]) buffer.push(at(index, index + 7, 2));
  assert.deepEqual(hear(buffer, 3), [7, 8, 9]);
});
