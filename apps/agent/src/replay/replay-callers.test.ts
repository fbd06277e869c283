import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { type Entry, payloadOf } from '@vestibule/record';
import { replay } from './replay.ts';
import { RecordedCall } from './testing/recorded-call.ts';

// Somebody calls for a patient: their record, a red flag's question, offered keys, the patient on the telephone, a take-over in between.

const config = await loadConfig('vestibule.yaml');
const { definition, faults } = loadQuestionnaire(
  `
id: proxies
url: https://vestibule.example/fhir/Questionnaire/proxies
title: Proxies
version: '1'
identify: 2
launchContext: [patient]
redFlags:
  - { id: chest-pain, severity: urgent, action: create-case, script: A nurse is told., confirm: Does the chest hurt now?, phrases: [chest pain] }
items:
  - { id: name, ask: What is your name?, askProxy: What is the patient's name?, type: string, form: name, required: true, identifier: true, readBack: never }
  - { id: birth, ask: When were you born?, type: date, required: true, identifier: true, readBack: never }
  - { id: phone, ask: On which number can we call?, type: string, form: phone, required: true, initial: { expression: '%patient.telecom.value.first()' } }
  - { id: fever, ask: Do you have a fever?, askProxy: Does the patient have a fever?, type: boolean, required: true }
  - { id: safe, ask: Do you feel safe at home?, type: boolean, required: true, answeredBy: patient }
`,
  'proxies.yaml',
);
assert.ok(definition, JSON.stringify(faults));
const patient = {
  patientId: 'p-1',
  givenName: 'Ann',
  familyName: 'Miller',
  birthDate: '1985-03-03',
  phone: '+15550100123',
};
const record = JSON.stringify({ patients: [patient] });

async function begin(): Promise<RecordedCall> {
  const call = await RecordedCall.begin(config, definition!);
  await call.asks('yes');
  await call.says('I am calling for my mother', '', ['note_caller', { who: 'proxy' }]);
  await call.asks('Ann Miller');
  return call;
}

const said = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => payloadOf(entry, 'said')?.piiText ?? []).join(' ');

test('a whole call of a proxy, taken over between look-up and use, completes with the patient and replays clean', async () => {
  const call = await begin();
  await call.finds('find_patient', record);
  await call.takeOver();
  await call.asks('March third nineteen eighty five');
  assert.match(call.question, /five five five/, 'what was looked up before the take-over is used');
  await call.keys('1');
  await call.says('an elephant sits on her breastbone', '', ['report_red_flag', { id: 'chest-pain' }]);
  await call.asks('no');
  await call.silence();
  await call.asks('press two');
  await call.says('hold on, she is here', '', [
    'record_answer',
    { item: 'patient-on-the-line', answer: 'yes' },
  ]);
  await call.asks('yes');
  const entries = await call.end();
  const words = said(entries);
  assert.equal(payloadOf(entries.at(-1)!, 'end')?.outcome, 'complete');
  assert.match(
    words,
    /Does the chest hurt now\?.*made a note.*fever\?.*press one for yes.*come to the phone now\?.*safe at home\?/,
  );
  const { divergence, same } = await replay(entries, { config, definition: definition });
  assert.equal(divergence, undefined, JSON.stringify(divergence));
  assert.equal(same.workers, 2);
  assert.ok(same.decisions >= 10, JSON.stringify(same));
});

test('who asks for a person in mid-call, and a patient who is not there, replay clean too', async () => {
  const person = await begin();
  await person.says('my nurse knows, could I have her', '', ['request_human', { words: 'my nurse knows' }]);
  await person.asks('no');
  await person.says('no wait, give me a person', '', ['request_human', { words: 'give me a person' }]);
  const away = await begin();
  await away.asks('March third nineteen eighty five');
  for (const words of ['five five five zero one zero zero one two three', 'yes', 'no', 'no'])
    await away.asks(words);
  for (const [call, reason] of [
    [person, 'wants-person'],
    [away, 'patient-only'],
  ] as const) {
    const entries = await call.end();
    assert.deepEqual(
      entries.flatMap((entry) => payloadOf(entry, 'hand-over')?.reason ?? []),
      [reason],
    );
    const { divergence } = await replay(entries, { config, definition: definition });
    assert.equal(divergence, undefined, JSON.stringify(divergence));
  }
});
