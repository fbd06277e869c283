import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, Payload } from '@vestibule/record';
import { earlierTransfer, isWithPerson, needOf } from './need.ts';
import { takesCall } from './staff-ears.ts';
import { lastWords, whisperWords } from './words.ts';

const flag = (severity: string, action = 'hand-over') => ({ id: severity, severity, action });
const entryOf = (payload: Payload<'transfer'>) =>
  ({ header: { kind: 'transfer' }, inner: '', payload }) as unknown as Entry;
const organisation = { name: 'Lakeside', person: 'the desk', timezone: 'UTC' };
const whenExhausted = { emergency: 'Dial 911.', urgent: 'Dial 988.', otherwise: 'Good luck.' };
const staff = { onCall: [], whenExhausted };

for (const [what, handOver, redFlags, need] of [
  ['the worst of the red flags decides', 'red-flag', [flag('concern'), flag('emergency')], 'emergency'],
  ['one that only opens a case does not', 'wants-person', [flag('emergency', 'create-case')], 'wants-person'],
  ['a question about a red flag without a usable answer is urgent', 'red-flag', [], 'urgent'],
  ['a patient who was not there is a need of its own', 'patient-only', [], 'patient-only'],
  ['who wants to stop is brought to nobody', 'wants-to-stop', [], undefined],
  ['who is not heard is brought to nobody', 'no-hearing', [], undefined],
] as const) {
  test(what, () => assert.equal(needOf({ handOver, redFlags: [...redFlags] }), need));
}

test('the log tells who was tried in vain, and who is with the caller', () => {
  const steps: Payload<'transfer'>[] = [
    { step: 'requested', code: 'urgent' },
    { step: 'dialled', staff: 'a' },
    { step: 'failed', staff: 'a', code: 'sip-486' },
    { step: 'dialled', staff: 'b' },
    { step: 'declined', staff: 'b' },
    { step: 'dialled', staff: 'c' },
  ];
  assert.equal(earlierTransfer([]), undefined);
  assert.deepEqual(earlierTransfer(steps.map(entryOf)), { tried: new Set(['a', 'b']), joined: undefined });
  const joined = [...steps, { step: 'joined', staff: 'c' } as const].map(entryOf);
  assert.ok(isWithPerson(joined));
  // Nobody is called anew who has been with the caller.
  assert.equal(earlierTransfer([...joined, entryOf({ step: 'left', staff: 'c' })])?.joined, 'c');
});

test('who picks up hears nothing of the caller, who takes it hears why and what was answered', () => {
  const row = (answer: string, status: 'answered' | 'asked') => ({
    linkId: '',
    question: 'Name?',
    answer,
    status,
  });
  const summary = {
    need: 'urgent',
    redFlags: ['chest-pain'],
    rows: [row('Ann', 'answered'), row('', 'asked')],
  } as const;
  const first = whisperWords('screen', { organisation }, summary);
  assert.doesNotMatch(first, /Ann|chest/);
  assert.match(
    whisperWords('summary', { organisation }, summary),
    /urgent\. Flagged: chest pain\. Name\? Ann\. To take/,
  );
});

for (const [need, words] of [
  ['emergency', /911/],
  ['urgent', /988/],
  ['wants-person', /Good luck/],
] as const)
  test(`nobody for ${need}: the configured line is named`, () =>
    assert.match(lastWords('exhausted', { organisation, staff }, need) ?? '', words));

test('a caller who is gone hears nothing', () =>
  assert.equal(lastWords('caller-left', { organisation, staff }, 'urgent'), undefined));

for (const [words, yes] of [
  ['yes', true],
  ["I'll take it", true],
  ['put them through', true],
  ["I can't take it", false],
  ['no', false],
  ['please leave a message after the tone', undefined],
  ['you have reached the voicemail of doctor smith', undefined],
] as const)
  test(`"${words}" is ${yes === undefined ? 'neither' : yes ? 'a yes' : 'a no'}`, () =>
    assert.equal(takesCall(words), yes));
