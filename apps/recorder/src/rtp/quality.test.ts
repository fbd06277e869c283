import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mosOf, StreamQuality } from './quality.ts';

const ssrc = 7;
const payloadType = 0;

/** Packets by sequence number, each 20 ms after the one before it, less those that `lost` names; `lateMs` of each. */
function heard(
  sequences: readonly number[],
  { lost = [], lateMs = () => 0 }: { lost?: number[]; lateMs?: (index: number) => number } = {},
) {
  const stream = new StreamQuality();
  for (const [index, sequence] of sequences.entries())
    if (!lost.includes(index))
      stream.add(
        // It turns over on the way.
        { payloadType, sequence: sequence & 0xffff, timestamp: (0xffffff00 + index * 160) >>> 0, ssrc },
        index * 20 + lateMs(index),
      );
  return stream.quality;
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

test('all of it, evenly: no loss, no jitter, the best that G.711 can be', () => {
  const quality = heard(range(65_500, 100));
  assert.deepEqual([quality?.packets, quality?.loss, quality?.jitterMs], [100, 0, 0]);
  assert.ok(Math.abs((quality?.mos ?? 0) - 4.41) < 0.01, `${quality?.mos}`);
  assert.equal(new StreamQuality().quality, undefined);
});

test('what never came is loss, over the turn of the sequence numbers as well; what came out of order is none', () => {
  const { loss = 0 } = heard(range(65_500, 100), { lost: [10, 36, 37, 50, 98] }) ?? {};
  assert.ok(Math.abs(loss - 0.05) < 1e-9, `${loss}`);
  assert.equal(heard([1, 3, 2, 4, 6, 5])?.loss, 0);
});

test('a sender that begins anew is no loss', () => {
  const stream = new StreamQuality();
  const add = (sequence: number, own: number) =>
    stream.add({ payloadType, sequence, timestamp: sequence * 160, ssrc: own }, sequence * 20);
  for (const sequence of [...range(100, 10), ...range(40_000, 10)]) add(sequence, 1);
  for (const sequence of range(7, 10)) add(sequence, 2);
  assert.equal(stream.quality?.loss, 0);
  assert.equal(stream.quality?.packets, 30);
});

test('a key that is pressed is no jitter', () => {
  const stream = new StreamQuality();
  for (const index of range(0, 50))
    stream.add(
      { payloadType: index < 10 ? 0 : 101, sequence: index, timestamp: Math.min(index, 10) * 160, ssrc },
      index * 20,
    );
  assert.deepEqual([stream.quality?.loss, stream.quality?.jitterMs], [0, 0]);
});

test('jitter is RFC 3550’s: packets that are early and late by turns, 10 ms apart, come near to 10 ms', () => {
  const { jitterMs = 0 } = heard(range(0, 2000), { lateMs: (index) => (index % 2) * 10 }) ?? {};
  assert.ok(jitterMs > 9.8 && jitterMs <= 10, `${jitterMs}`);
});

test('MOS falls with loss as G.107 has it', () => {
  // By hand: R = 93.2 − 95 p / (p + 25.1), p in per cent, then Annex B.
  for (const [loss, expected] of [
    [0, 4.41],
    [0.05, 3.92],
    [0.1, 3.41],
    [0.5, 1.61],
  ] as const)
    assert.ok(Math.abs(mosOf(loss) - expected) < 0.01, `${loss}: ${mosOf(loss)}`);
});
