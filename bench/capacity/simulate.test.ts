import assert from 'node:assert/strict';
import { test } from 'node:test';
import { erlangB, erlangC } from './erlang.ts';
import { Fleet } from './fleet.ts';
import type { Random } from './random.ts';
import { type Scenario, simulate } from './simulate.ts';

const fixedFleet = (tasks: number) =>
  new Fleet({
    ...{ callsPerTask: 1, least: tasks, most: tasks, targetLoad: 1 },
    ...{ startSeconds: 60, launchesPerSecond: 20, patienceSeconds: 300 },
  });

const scenario = (over: Partial<Scenario>): Scenario => ({
  seed: 1,
  seconds: 400_000,
  zones: 1,
  rate: () => 0.1,
  peakRate: 0.1,
  length: () => 100,
  places: [],
  patienceSeconds: Infinity,
  ...over,
});

const share = (part: number, { arrived }: { arrived: number }) => part / arrived;
const refused = ({ refused: by }: { refused: Map<string, number> }) =>
  [...by.values()].reduce((a, b) => a + b, 0);
/** Half the width of an interval that holds 99.9 % of such shares; calls are not independent, hence the factor. */
const interval = (expected: number, count: number) =>
  3.3 * 2 * Math.sqrt((expected * (1 - expected)) / count);

test('Erlang: textbook values', () => {
  assert.ok(Math.abs(erlangB(10, 10) - 0.2146) < 0.0001);
  assert.ok(Math.abs(erlangC(10, 12) - 0.4494) < 0.0001);
  assert.equal(erlangC(10, 10), 1);
});

test('ten Erlangs on ten places are refused as Erlang B says, whatever the lengths of calls', () => {
  const lengths = [
    () => 100,
    (random: Random) => random.exponential(100),
    (random: Random) => 200 * random.next(),
  ];
  for (const length of lengths) {
    const outcome = simulate(scenario({ length, places: [{ name: 'edge', perZone: 10 }] }));
    const expected = erlangB(10, 10);
    assert.ok(Math.abs(share(refused(outcome), outcome) - expected) < interval(expected, outcome.arrived));
  }
});

test('ten Erlangs on twelve agents wait as Erlang C says', () => {
  const outcome = simulate(
    scenario({ seconds: 1_000_000, length: (random) => random.exponential(100), fleet: fixedFleet(12) }),
  );
  const expected = erlangC(10, 12);
  const waited = share(outcome.waits.filter((wait) => wait > 0).length, outcome);
  assert.ok(
    Math.abs(waited - expected) < 4 * interval(expected, outcome.arrived),
    `${waited} of ${expected}`,
  );
  assert.equal(outcome.abandoned, 0);
});

test('calls go to the zone that has room, and are refused when none has', () => {
  const two = { zones: 2, places: [{ name: 'edge', perZone: 5 }] };
  const outcome = simulate(scenario(two));
  const expected = erlangB(10, 10);
  assert.ok(Math.abs(share(refused(outcome), outcome) - expected) < interval(expected, outcome.arrived));
});

test('the same seed gives the same outcome, another seed another', () => {
  const run = (seed: number) =>
    simulate(scenario({ seed, seconds: 20_000, fleet: fixedFleet(9), patienceSeconds: 30 }));
  assert.deepEqual(run(7), run(7));
  assert.notDeepEqual(run(7), run(8));
});

test('a lost zone takes its calls along, and callers call again', () => {
  const lostZone = { at: 5000, seconds: 1000, redialShare: 1, redialSeconds: 10 };
  const over = { seconds: 10_000, zones: 2, rate: () => 1, peakRate: 1 };
  const calm = simulate(scenario(over));
  const lost = simulate(scenario({ ...over, lostZone }));
  assert.ok(lost.cutOff > 30 && lost.cutOff < 70, `${lost.cutOff} of about 50`);
  assert.equal(calm.cutOff, 0);
});

test('callers who do not wait for ever give up', () => {
  const outcome = simulate(scenario({ fleet: fixedFleet(9), patienceSeconds: 20 }));
  assert.ok(outcome.abandoned > 0);
  assert.ok(outcome.waits.length + outcome.abandoned <= outcome.arrived);
});
