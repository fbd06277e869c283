import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallBackState } from '@vestibule/record';
import { instantOf, mayRing, nextTime } from './hours.ts';
import { type Ended, nextCall } from './schedule.ts';
import { configWith, configWithout } from './testing/deployment.ts';

const newYork = `zones: [{ prefix: '+1212', timezones: [America/New_York] }]`;
const [inNewYork, anywhere] = ['+12125550123', '+16125550123'];

for (const [what, number, at, may] of [
  ['8:00 in New York', inNewYork, '2026-11-30T13:00:00Z', true],
  ['7:59 in New York', inNewYork, '2026-11-30T12:59:59Z', false],
  ['20:59 in New York', inNewYork, '2026-12-01T01:59:59Z', true],
  ['21:00 in New York', inNewYork, '2026-12-01T02:00:00Z', false],
  ['8:00 in New York in summer', inNewYork, '2026-07-06T12:00:00Z', true],
  ['7:59 in New York in summer', inNewYork, '2026-07-06T11:59:00Z', false],
  ['8:00 in New York, of somebody who may be in Los Angeles', anywhere, '2026-11-30T13:00:00Z', false],
  ['8:00 in Los Angeles, of the same', anywhere, '2026-11-30T16:00:00Z', true],
  ['20:59 in New York, of the same', anywhere, '2026-12-01T01:59:00Z', true],
  ['20:59 in Los Angeles, of the same', anywhere, '2026-12-01T04:59:00Z', false],
  ['8:30 in Honolulu', '+18085550123', '2026-11-30T18:30:00Z', true],
  ['7:30 in Honolulu', '+18085550123', '2026-11-30T17:30:00Z', false],
  ['noon, of a number of which nothing is known', '+442079460123', '2026-11-30T17:00:00Z', false],
  ['the morning on which clocks go back: 7:30', inNewYork, '2026-11-01T12:30:00Z', false],
  ['the same: 8:00', inNewYork, '2026-11-01T13:00:00Z', true],
  ['the morning on which they go on: 8:00', inNewYork, '2026-03-08T12:00:00Z', true],
] as const) {
  test(`${what}: ${may ? 'may ring' : 'quiet'}`, () => {
    const { callBacks, organisation } = configWith(newYork);
    assert.equal(mayRing(callBacks, organisation.timezone, number, Date.parse(at)), may);
  });
}

test('our own hours count besides, in our own time zone, holidays excepted', () => {
  const hours = `hours: [{ days: [mon], from: '09:00', to: '17:00' }], holidays: ['2026-12-07']`;
  const { callBacks } = configWith(`${newYork}, ${hours}`);
  const may = (at: string) => mayRing(callBacks, 'America/Chicago', inNewYork, Date.parse(at));
  assert.deepEqual(
    ['2026-11-30T14:59:00Z', '2026-11-30T15:00:00Z', '2026-12-01T16:00:00Z', '2026-12-07T16:00:00Z'].map(may),
    [false, true, false, false],
  );
});

for (const [what, from, expected] of [
  ['in the day: at once', '2026-11-30T15:07:00Z', '2026-11-30T15:07:00.000Z'],
  ['at night: the next morning', '2026-12-01T03:07:00Z', '2026-12-01T13:00:00.000Z'],
  ['in the night on which clocks go back', '2026-11-01T02:00:00Z', '2026-11-01T13:00:00.000Z'],
  ['in the night on which they go on', '2026-03-08T03:00:00Z', '2026-03-08T12:00:00.000Z'],
] as const) {
  test(`the next time, ${what}`, () => {
    const { callBacks } = configWith(newYork);
    const fromMs = Date.parse(from);
    const at = nextTime(callBacks, 'America/New_York', inNewYork, { fromMs, untilMs: fromMs + 86_400_000 });
    assert.equal(at === undefined ? undefined : new Date(at).toISOString(), expected);
  });
}

test('where no hour suits all zones within the limit there is none', () => {
  const { callBacks } = configWith(`zones: [{ prefix: '+1212', timezones: [America/New_York, Asia/Tokyo] }]`);
  const fromMs = Date.parse('2026-11-30T15:00:00Z');
  const untilMs = fromMs + 6 * 3_600_000;
  assert.equal(nextTime(callBacks, 'UTC', inNewYork, { fromMs, untilMs }), undefined);
});

for (const [local, timezone, expected] of [
  ['2026-11-30T17:00:00', 'America/New_York', '2026-11-30T22:00:00.000Z'],
  ['2026-07-06T17:00:00', 'America/New_York', '2026-07-06T21:00:00.000Z'],
  ['2026-03-08T02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ['2026-11-30T17:00:00', 'Asia/Kolkata', '2026-11-30T11:30:00.000Z'],
] as const)
  test(`${local} in ${timezone} is ${expected}`, () =>
    assert.equal(new Date(instantOf(local, timezone)).toISOString(), expected));

const noon = Date.parse('2026-11-30T17:00:00Z');
const minutes = (at: number) => (at - noon) / 60_000;

function next(told: CallBackState, changes: Partial<Ended> = {}, handOver?: string): string {
  const config = configWith(`${newYork}, after: 2, attempts: 3, pauses: [15, 60], withinHours: 6`);
  const state = { callBack: told, ...(handOver === undefined ? {} : { handOver }) };
  const found = nextCall(config, {
    ...{
      state,
      outcome: 'partial',
      by: 'caller',
      attempt: 0,
      number: inNewYork,
      beganAt: noon - 300_000,
      now: noon,
    },
    ...changes,
  });
  if (found === undefined) return 'none';
  return 'givenUp' in found ? `given up: ${found.givenUp}` : `${found.why} in ${minutes(found.at)} min`;
}

const agreed: CallBackState = { agreed: true };
for (const [what, told, changes, handOver, expected] of [
  ['a caller who agreed hangs up', agreed, {}, undefined, 'hung-up in 2 min'],
  ['one is cut off', agreed, { by: 'fault' }, undefined, 'cut-off in 2 min'],
  ['one is through', agreed, { outcome: 'complete', by: 'agent' }, undefined, 'none'],
  ['one was given to a person', agreed, { outcome: 'handed-over', by: 'agent' }, 'red-flag', 'none'],
  ['one wants to stop', agreed, { by: 'agent' }, 'wants-to-stop', 'none'],
  ['one who did not agree hangs up', { agreed: false }, {}, undefined, 'none'],
  ['one who was not asked hangs up', {}, {}, undefined, 'none'],
  ['one took it back', { agreed: true, withdrawn: true }, {}, undefined, 'none'],
  [
    'one asks for a call',
    { agreed: true, wanted: {} },
    { by: 'agent' },
    'wants-call-back',
    'asked-for in 2 min',
  ],
  [
    'one asks for one at two',
    { agreed: true, wanted: { when: '2026-11-30T14:00:00' } },
    { by: 'agent' },
    'wants-call-back',
    'asked-for in 120 min',
  ],
  [
    'one asks for one in half an hour',
    { agreed: true, wanted: { when: 'PT30M' } },
    { by: 'agent' },
    'wants-call-back',
    'asked-for in 30 min',
  ],
  [
    'one asks for a time that is over today, too late tomorrow',
    { agreed: true, wanted: { when: '2026-11-30T11:00:00' } },
    { by: 'agent' },
    'wants-call-back',
    'given up: expired',
  ],
  [
    'nobody answers',
    { step: 'failed', code: 'sip-480' },
    { attempt: 1, by: 'agent' },
    undefined,
    'again in 15 min',
  ],
  [
    'it is busy, the second time',
    { step: 'failed', code: 'sip-486' },
    { attempt: 2, by: 'agent' },
    undefined,
    'again in 60 min',
  ],
  [
    'it is busy, the last time',
    { step: 'failed', code: 'sip-486' },
    { attempt: 3, by: 'agent' },
    undefined,
    'given up: attempts',
  ],
  [
    'it is declined',
    { step: 'failed', code: 'sip-603' },
    { attempt: 1, by: 'agent' },
    undefined,
    'given up: declined',
  ],
  [
    'there is no such number',
    { step: 'failed', code: 'sip-404' },
    { attempt: 1, by: 'agent' },
    undefined,
    'given up: no-such-number',
  ],
  [
    'the edge does not let it out',
    { step: 'failed', code: 'sip-403' },
    { attempt: 1, by: 'agent' },
    undefined,
    'given up: not-allowed',
  ],
  [
    'the edge has too many',
    { step: 'failed', code: 'sip-503' },
    { attempt: 1, by: 'agent' },
    undefined,
    'again in 15 min',
  ],
  [
    'a machine answers',
    { step: 'machine', code: 'beep' },
    { attempt: 1, by: 'agent' },
    undefined,
    'again in 15 min',
  ],
  ['the worker died before it dialled', {}, { attempt: 1, by: 'agent' }, undefined, 'again in 15 min'],
  [
    'it is a wrong number',
    { step: 'person', isCaller: false, wrongNumber: true },
    { attempt: 1, by: 'agent' },
    'wrong-number',
    'given up: wrong-number',
  ],
  [
    'somebody else answers',
    { step: 'person', isCaller: false },
    { attempt: 1, by: 'agent' },
    'is-not-caller',
    'again in 15 min',
  ],
  [
    'they want no more calls',
    { step: 'person', isCaller: true, withdrawn: true },
    { attempt: 1, by: 'agent' },
    'no-more-calls',
    'given up: withdrawn',
  ],
  [
    'they ask for another time',
    { step: 'person', agreed: true, wanted: { when: 'PT60M' } },
    { attempt: 1, by: 'agent' },
    'wants-call-back',
    'asked-for in 60 min',
  ],
  [
    'they ask for another time at the last attempt',
    { step: 'person', agreed: true, wanted: { when: 'PT60M' } },
    { attempt: 3, by: 'agent' },
    'wants-call-back',
    'asked-for in 60 min',
  ],
  [
    'they ask for it for ever',
    { step: 'person', agreed: true, wanted: {} },
    { attempt: 6, by: 'agent' },
    'wants-call-back',
    'given up: attempts',
  ],
  [
    'they hang up in the middle',
    { step: 'person', isCaller: true },
    { attempt: 1, by: 'caller' },
    undefined,
    'again in 15 min',
  ],
  [
    'they want to stop',
    { step: 'person', isCaller: true },
    { attempt: 1, by: 'agent' },
    'wants-to-stop',
    'given up: not-wanted',
  ],
  [
    'they are through',
    { step: 'person', isCaller: true },
    { attempt: 1, by: 'agent', outcome: 'complete' },
    undefined,
    'none',
  ],
  [
    'it is too late for another',
    { step: 'failed', code: 'sip-480' },
    { attempt: 1, by: 'agent', beganAt: noon - 6 * 3_600_000 },
    undefined,
    'given up: expired',
  ],
] as const satisfies readonly (readonly [
  string,
  CallBackState,
  Partial<Ended>,
  string | undefined,
  string,
])[]) {
  test(`${what}: ${expected}`, () => assert.equal(next(told, changes, handOver), expected));
}

test('an attempt that would fall into quiet hours is made after them, or given up', () => {
  const evening = Date.parse('2026-12-01T01:55:00Z');
  const at = (withinHours: number) =>
    nextCall(configWith(`${newYork}, pauses: [15], withinHours: ${withinHours}`), {
      ...{
        state: { callBack: { step: 'failed', code: 'sip-480' } },
        outcome: 'partial',
        by: 'agent',
        attempt: 1,
      },
      ...{ number: inNewYork, beganAt: evening - 600_000, now: evening },
    });
  assert.deepEqual(at(12), { at: Date.parse('2026-12-01T13:00:00Z'), why: 'again' });
  assert.deepEqual(at(6), { givenUp: 'expired' });
});

test('where nobody is called back nothing follows', () => {
  const ended = {
    state: { callBack: agreed },
    outcome: 'partial',
    by: 'caller',
    attempt: 0,
    number: inNewYork,
    beganAt: noon,
    now: noon,
  } as const;
  assert.equal(nextCall(configWithout(), ended), undefined);
});
