import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '@vestibule/config';
import { ManualClock } from '@vestibule/core';
import { MemoryLogStore, readLog } from '@vestibule/record';
import { standingOf } from './standing.ts';
import { configWith, configWithout } from './testing/deployment.ts';
import { agreed, answer, began, ended, keys, number, recorded, write, type Written } from './testing/logs.ts';

const noon = Date.parse('2026-11-30T17:00:00Z');
const inNewYork = `zones: [{ prefix: '+1212', timezones: [America/New_York] }]`;

interface Given {
  origin?: Written[];
  /** Another call of the same caller since. */
  since?: Written[];
  attempts?: Record<number, Written[]>;
  id?: string;
  afterHours?: number;
  config?: Config;
}

async function standing({
  origin = usual,
  since,
  attempts = {},
  id = 'CB1-SCL_1',
  afterHours = 0,
  config,
}: Given) {
  const clock = new ManualClock(noon);
  const store = new MemoryLogStore(clock);
  await write(store, clock, 'SCL_1', origin);
  if (since) await write(store, clock, 'SCL_2', since);
  for (const [attempt, entries] of Object.entries(attempts))
    await write(store, clock, `CB${attempt}-SCL_1`, entries);
  return standingOf(id, {
    config: config ?? configWith(inNewYork),
    read: (callId) => readLog(store, keys, callId),
    lastCall: async (caller) => (caller !== number ? undefined : since ? 'SCL_2' : 'SCL_1'),
    now: noon + afterHours * 3_600_000,
  });
}

const usual = [began(), recorded, agreed, answer, ended()];
const shown = async (given: Given) => {
  const found = await standing(given);
  if (found.do === 'wait') return `wait ${(found.until - noon) / 60_000}`;
  return 'why' in found ? `drop ${found.why}` : found.do;
};

for (const [what, given, expected] of [
  ['a caller who agreed and hung up', {}, 'call'],
  ['one whose call is not ended yet', { origin: usual.slice(0, -1) }, 'wait 0.08333333333333333'],
  ['one of whom nothing is kept any more', { origin: [] }, 'drop forgotten'],
  [
    'one who took it back',
    { origin: [...usual.slice(0, -1), ['call-back-wish', { wish: 'withdrawn', piiWords: '' }], ended()] },
    'drop withdrawn',
  ],
  ['one who was never asked', { origin: [began(), recorded, answer, ended()] }, 'drop withdrawn'],
  [
    'one whose number nobody vouches for',
    { origin: [began({ edge: { attestation: 'B', verified: false } }), ...usual.slice(1)] },
    'drop not-allowed',
  ],
  [
    'one who may be anybody',
    { origin: [began({ piiCaller: '+19005550123' }), ...usual.slice(1)] },
    'drop not-allowed',
  ],
  ['what is no call-back', { id: 'SCL_1' }, 'drop not-configured'],
  ['a deployment that calls nobody back any more', { config: configWithout() }, 'drop not-configured'],
  [
    'verified callers alone, and one who is only attested',
    { config: configWith(`${inNewYork}, callers: verified`) },
    'drop not-allowed',
  ],
  [
    'one who has called again and is through',
    { since: [began(), recorded, ended('complete')] },
    'drop called-again',
  ],
  [
    'one who has called again and was given to a person',
    { since: [began(), recorded, ended('handed-over')] },
    'drop called-again',
  ],
  ['one who is on the line again', { since: [began(), recorded] }, 'wait 1'],
  [
    'one who called again and wants no call',
    { since: [began(), recorded, ['call-back-wish', { wish: 'withdrawn', piiWords: '' }], ended()] },
    'drop called-again',
  ],
  [
    'one who called again and will be called back for that',
    {
      since: [
        began(),
        recorded,
        agreed,
        ['call-back', { step: 'scheduled', id: 'CB1-SCL_2', dueAt: '2026-11-30T18:00:00Z' }],
        ended(),
      ],
    },
    'drop called-again',
  ],
  ['one who called again and was cut off before they could be asked', { since: [began(), ended()] }, 'call'],
  ['one who called again, of which nothing is kept', { since: [] }, 'drop called-again'],
  ['quiet hours', { afterHours: 9.5 }, 'expire'],
  [
    'quiet hours that end in time',
    { afterHours: 9.5, config: configWith(`${inNewYork}, withinHours: 23`) },
    'wait 1200',
  ],
  [
    'the last minute before it is too late',
    { afterHours: 3.99, config: configWith(`${inNewYork}, withinHours: 4`) },
    'call',
  ],
  ['too late', { afterHours: 4, config: configWith(`${inNewYork}, withinHours: 4`) }, 'expire'],
] as const satisfies readonly (readonly [string, Given, string])[]) {
  test(`${what}: ${expected}`, async () => assert.equal(await shown(given), expected));
}

const attempt = (...more: Written[]): Written[] => [
  began({ callBack: { of: 'SCL_1', since: '2026-11-30T17:00:00Z', attempt: 1 } }),
  ...more,
];

test('it goes on from the last call in which anything was answered', async () => {
  const from = async (attempts: Record<number, Written[]>, id = 'CB2-SCL_1') => {
    const found = await standing({ id, attempts });
    return found.do === 'call' ? found.plan.earlier?.callId : found.do;
  };
  assert.equal(await from({}, 'CB1-SCL_1'), 'SCL_1');
  assert.equal(await from({}), 'SCL_1', 'of one that nobody answered nothing is kept');
  assert.equal(await from({ 1: attempt(recorded, answer, ended()) }), 'CB1-SCL_1');
  assert.equal(
    await from({ 1: attempt(answer, ended()) }),
    'SCL_1',
    'without consent nothing is gone on with',
  );
});
