import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distribution } from './figures.ts';
import { measureSpeech } from './speech.ts';

test('counts who spoke over whom, and long silences', () => {
  const turn = (speaker: 'caller' | 'agent', startMs: number, endMs: number) => ({
    speaker,
    startMs,
    endMs,
    text: '',
  });
  const { overlapMs, agentCutIns, silence, callerShare, responseMs } = measureSpeech([
    turn('agent', 0, 1000),
    turn('caller', 800, 2000), // a barge-in
    turn('agent', 1500, 2500), // a cut-in
    turn('agent', 6500, 7500),
  ]);
  assert.deepEqual([overlapMs, agentCutIns, callerShare], [700, 1, 0.286]);
  assert.deepEqual(silence, { totalMs: 4000, longestMs: 4000, long: 1, share: 0.533 });
  assert.equal(responseMs, undefined, 'an agent who cut in did not respond');
});

test('of a transcript without a word there are no figures to divide by', () => {
  const { callerShare, silence, confidence, responseMs } = measureSpeech([]);
  assert.deepEqual([callerShare, confidence, responseMs], [undefined, undefined, undefined]);
  assert.deepEqual(silence, { totalMs: 0, longestMs: 0, long: 0, share: 0 });
});

test('percentiles are by nearest rank, and of nothing there are none', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.deepEqual(distribution(hundred), { count: 100, median: 50, p90: 90, p95: 95, max: 100 });
  assert.deepEqual(distribution([7]), { count: 1, median: 7, p90: 7, p95: 7, max: 7 });
  assert.equal(distribution([]), undefined);
});
