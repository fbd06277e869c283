import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silence } from './g711.ts';
import { Timeline } from './timeline.ts';

/** 20 ms whose every sample is `value`. */
const frame = (value: number) => new Uint8Array(160).fill(value);
const packet = (atMs: number, timestamp: number, value: number, ssrc = 1) => ({
  ...{ atMs, ssrc, timestamp: timestamp >>> 0 },
  muLaw: frame(value),
});

/** Runs of equal samples: value and how many. */
function runs(samples: Uint8Array): [number, number][] {
  const found: [number, number][] = [];
  for (const value of samples) {
    const last = found.at(-1);
    if (last?.[0] === value) last[1] += 1;
    else found.push([value, 1]);
  }
  return found;
}

test('packets lie one after the other, from where the first one came in', () => {
  const timeline = new Timeline(8000);
  for (let n = 0; n < 5; n++) timeline.add(packet(1100 + 20 * n, 5000 + 160 * n, n));
  assert.deepEqual(runs(timeline.take(8000 + 1800).muLaw), [
    ...[[silence, 800]],
    ...[0, 1, 2, 3, 4].map((n) => [n, 160]),
    ...[[silence, 200]],
  ]);
});

test('jitter, disorder and repetition change nothing; what was lost is silence', () => {
  const order = [0, 2, 1, 1, 5, 3, 6];
  const timeline = new Timeline(0);
  for (const [index, n] of order.entries()) timeline.add(packet(20 * n + (index % 3) * 15, 160 * n, n));
  assert.deepEqual(
    runs(timeline.take(160 * 7).muLaw),
    [0, 1, 2, 3, silence, 5, 6].map((n) => [n, 160]),
  );
});

test('a timestamp that wraps is followed', () => {
  const timeline = new Timeline(0);
  const wrap = 2 ** 32 - 240;
  for (let n = 0; n < 4; n++) timeline.add(packet(20 * n, wrap + 160 * n, n));
  assert.deepEqual(
    runs(timeline.take(640).muLaw),
    [0, 1, 2, 3].map((n) => [n, 160]),
  );
});

test('a first packet that was late does not make the others late', () => {
  const timeline = new Timeline(0);
  timeline.add(packet(180, 0, 1));
  for (let n = 1; n < 5; n++) timeline.add(packet(100 + 20 * n, 160 * n, 1 + n));
  assert.deepEqual(
    runs(timeline.take(1600).muLaw).slice(1, 5),
    [2, 3, 4, 5].map((n) => [n, 160]),
  );
  const again = new Timeline(0);
  again.add(packet(180, 0, 9));
  for (let n = 1; n < 5; n++) again.add(packet(100 + 20 * n, 160 * n, n));
  assert.equal(again.take(1600).muLaw.indexOf(1), 960);
});

test('after a pause, with or without timestamps that went on, audio lies where it was said', () => {
  const timeline = new Timeline(0);
  timeline.add(packet(0, 0, 1));
  timeline.add(packet(1000, 8000, 2));
  // Another source, and one that began its timestamps anew.
  timeline.add(packet(1500, 777, 3, 9));
  timeline.add(packet(5000, 4_000_000, 4, 9));
  assert.deepEqual(runs(timeline.take(42_000).muLaw), [
    [1, 160],
    [silence, 7840],
    [2, 160],
    [silence, 3840],
    [3, 160],
    [silence, 27_840],
    [4, 160],
    [silence, 1840],
  ]);
});

test('what comes after its place was closed is dropped and counted; a packet half in time is half used', () => {
  const timeline = new Timeline(0);
  timeline.add(packet(0, 0, 1));
  timeline.take(240);
  timeline.add(packet(30, 160, 2));
  timeline.add(packet(40, 0, 3));
  assert.equal(timeline.late, 2);
  assert.deepEqual(runs(timeline.take(400).muLaw), [
    [2, 80],
    [silence, 80],
  ]);
});

test('what nobody sent is told from silence that was sent', () => {
  const timeline = new Timeline(1000);
  timeline.add({ ...packet(145, 0, 0), muLaw: frame(silence) });
  timeline.add(packet(185, 320, 1));
  assert.deepEqual(timeline.take(1400).missing, [
    [1000, 1160],
    [1320, 1400],
  ]);
  assert.deepEqual(timeline.take(2000).missing, [
    [1400, 1480],
    [1640, 2000],
  ]);
  assert.deepEqual(timeline.take(2000).missing, []);
});

for (const partsPerMillion of [-300, 300])
  test(`over an hour a clock that is ${partsPerMillion} ppm off is never further than 75 ms from when it was said, with 30 ms of jitter`, () => {
    const timeline = new Timeline(0);
    let worst = 0;
    let random = 1;
    for (let n = 0; n < 50 * 3600; n++) {
      random = (random * 48_271) % 2_147_483_647;
      const saidAtMs = 20 * n * (1 + partsPerMillion / 1e6);
      timeline.add({ ...packet(saidAtMs + (random % 30), 160 * n, 0), muLaw: Uint8Array.of(n % 200) });
      if (n % 25 !== 0 || n < 25) continue;
      // Where sample values of this second lie, against when they were said.
      const from = (n - 50) * 160;
      const taken = timeline.take(Math.max(0, from)).muLaw;
      for (const [index, value] of taken.entries()) {
        if (value === silence) continue;
        const at = from - taken.length + index;
        const number = nearestNumber(value, at);
        worst = Math.max(worst, Math.abs(at / 8 - 20 * number * (1 + partsPerMillion / 1e6)));
      }
    }
    assert.ok(worst > 5 && worst < 75, `${worst} ms`);
  });

/** Which packet a value of n % 200 is of, given about where it lies. */
function nearestNumber(value: number, sample: number): number {
  const about = sample / 160;
  return value + 200 * Math.round((about - value) / 200);
}
