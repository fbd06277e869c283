import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentile, summarise, TurnMeter } from './meter.ts';

test('a turn is from the last of the words to the first of the answer, once', () => {
  const meter = new TurnMeter();
  assert.equal(meter.agentStarted(900), undefined);
  meter.agentEnded();
  meter.callerStarted();
  meter.callerEnded(3000);
  meter.callerStarted();
  meter.callerEnded(4000);
  assert.equal(meter.agentStarted(5100), 1100);
  meter.agentEnded();
  assert.equal(meter.agentStarted(7000), undefined);
  assert.deepEqual(meter.turns, [1100]);
});

test('words that end while the agent speaks open no turn', () => {
  const meter = new TurnMeter();
  meter.agentStarted(0);
  meter.callerStarted();
  meter.callerEnded(500);
  meter.agentEnded();
  assert.equal(meter.agentStarted(2000), undefined);
});

test('keys pressed after the words make the turn unmeasurable, even when the end of the words is noticed later', () => {
  const meter = new TurnMeter();
  meter.callerStarted();
  meter.keysPressed();
  meter.callerEnded(1000);
  assert.equal(meter.agentStarted(9000), undefined);
  meter.agentEnded();
  meter.callerStarted();
  meter.callerEnded(10_000);
  assert.equal(meter.agentStarted(11_000), 1000);
});

test('percentiles are values that were seen (nearest rank)', () => {
  assert.equal(percentile([5, 1, 4, 2, 3], 50), 3);
  assert.equal(percentile([5, 1, 4, 2, 3], 95), 5);
  assert.equal(percentile([], 50), undefined);
  assert.deepEqual(summarise([]), { turnsMs: [] });
  assert.deepEqual(summarise([200, 100]), { turnsMs: [200, 100], turnP50Ms: 100, turnP95Ms: 200 });
});
