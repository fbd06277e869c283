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

/** Plays 20 ms steps: packets that come in a step, then what is heard. @returns frames waiting after each second. */
function seconds(buffer: JitterBuffer, count: number, arrivals: (step: number) => number[]): number[] {
  return Array.from({ length: count }, (_, second) => {
    for (let step = second * 50; step < (second + 1) * 50; step++) {
      for (const index of arrivals(step)) buffer.push(at(index, 9000));
      buffer.pull(160);
    }
    return buffer.waiting / 160;
  });
}
const steady = (step: number) => [step];

test('a burst after a pause of 160 ms leaves no delay behind', () => {
  const buffer = new JitterBuffer();
  const late = [20, 21, 22, 23, 24, 25, 26, 27];
  const waiting = seconds(buffer, 20, (step) => {
    if (step < 20 || step > 27) return [step];
    return step === 27 ? late : [];
  });
  assert.ok(waiting[0]! > 6, `at first ${waiting[0]} frames wait`);
  assert.deepEqual(waiting.slice(-2), [2, 2]);
  assert.equal(buffer.late, 0);
});

test('nor does a stall after which the steps were made up for before the socket was read', () => {
  const buffer = new JitterBuffer();
  seconds(buffer, 1, steady);
  for (let i = 0; i < 5; i++) buffer.pull(160);
  for (let index = 50; index < 55; index++) buffer.push(at(index, 9000));
  assert.deepEqual(seconds(buffer, 16, (step) => [step + 55]).slice(-2), [2, 2]);
});

test('nor does a sender whose clock is 1 % fast', () => {
  const buffer = new JitterBuffer();
  const waiting = seconds(buffer, 60, (step) =>
    step % 100 === 0 ? [step * 1.01, step * 1.01 + 1] : [step + Math.floor(step / 100) + 1],
  );
  assert.ok(Math.max(...waiting) <= 4, waiting.join(' '));
});

test('what is steady is played whole', () => {
  const buffer = new JitterBuffer();
  seconds(buffer, 30, steady);
  // Pairs of packets, as a sender of 40 ms or the network's jitter makes them.
  seconds(buffer, 30, (step) => (step % 2 === 0 ? [] : [step + 1499, step + 1500]));
  assert.deepEqual([buffer.trimmed, buffer.late], [0, 0]);
});
