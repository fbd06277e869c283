import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payloadOf } from '@vestibule/record';
import { intakeTools } from '../tools/intake-tools.ts';
import { withheld } from './looked-up.ts';
import { definitionOf, openCall, script } from './testing/open-call.ts';

// Somebody calls for the patient.

const text = `
id: proxies
url: https://vestibule.example/fhir/Questionnaire/proxies
title: Proxies
version: '1'
identify: 2
launchContext: [patient]
items:
  - { id: name, ask: What is your name?, askProxy: What is the patient's name?, type: string, form: name, required: true, identifier: true }
  - { id: birth, ask: When were you born?, askProxy: When was the patient born?, type: date, required: true, identifier: true }
  - { id: phone, ask: On which number can we call?, type: string, form: phone, required: true, initial: { expression: '%patient.telecom.value.first()' } }
  - { id: fever, ask: Do you have a fever?, askProxy: Does the patient have a fever?, type: boolean, required: true }
  - { id: safe, ask: Do you feel safe at home?, type: boolean, required: true, answeredBy: patient }
`;
const definition = definitionOf(text);
const ann = {
  patientId: 'p-1',
  givenName: 'Ann',
  familyName: 'Miller',
  birthDate: '1985-03-03',
  phone: '+15550100123',
};
const record = JSON.stringify({ patients: [ann] });

type Call = Awaited<ReturnType<typeof openCall>>;

/** Up to what only the patient may answer. @returns all that was said */
async function asProxy({ says, actions, conversation, act }: Call): Promise<string> {
  const said: string[] = [];
  assert.equal(
    await says('Hello, I am calling for my mother'),
    undefined,
    'the model makes of it what it is',
  );
  said.push((await act(actions.noteCaller('proxy')))!.say_next);
  for (const words of ['Ann Miller', 'March third nineteen eighty five']) {
    said.push((await says(words)) ?? '');
    while (conversation.step?.kind === 'readBack' && !conversation.question.includes('five five five'))
      said.push((await says('yes')) ?? '');
  }
  said.push((await says('yes')) ?? '', (await says('no')) ?? '');
  return said.join(' | ');
}

test('a proxy is asked in words of their own, and what was looked up is not used before two identifiers are confirmed', async () => {
  const call = await openCall(definition);
  assert.equal(call.conversation.onFound('find_patient', record), withheld);
  const said = await asProxy(call);
  assert.match(said, /^What is the patient's name\?/);
  assert.match(said, /When was the patient born\?.*five five five.*Does the patient have a fever\?/);
  assert.ok(said.indexOf('born') < said.indexOf('five five five'));
  assert.ok(said.endsWith(script.patientQuestion), said);
  assert.deepEqual(
    call.entries('answer').flatMap(({ obtained }) => (obtained?.by === 'looked-up' ? [obtained.by] : [])),
    ['looked-up'],
  );
  assert.equal(call.conversation.onFound('find_patient', record), record, 'known, it may be told');
});

test('the patient comes to the telephone, hears who speaks, and the intake is completed', async () => {
  const call = await openCall(definition);
  call.conversation.onFound('find_patient', record);
  await asProxy(call);
  assert.equal(await call.says('hold on I will get her'), undefined);
  const reply = await call.act(call.actions.recordAnswer('patient-on-the-line', 'yes'));
  assert.match(
    reply!.say_next,
    /^Thank you\. Please give them the phone\. .* recorded\. .* Do you feel safe at home\?$/,
  );
  await call.says('yes');
  assert.equal(call.ended[0]?.[0], 'complete');
});

test('a patient who cannot come is for a person: told as that, after a take-over too', async () => {
  const call = await openCall(definition);
  call.conversation.onFound('find_patient', record);
  await asProxy(call);
  const next = await openCall(definition, { before: call.state() });
  await next.conversation.resume(call.state());
  assert.deepEqual(next.ended, []);
  assert.equal(next.conversation.question, script.patientQuestion, 'it is asked again');
  assert.equal(await next.says('no'), undefined);
  assert.deepEqual(next.entries('hand-over'), [{ reason: 'patient-only' }]);
  assert.deepEqual([next.ended[0]?.[0], next.alerts], ['handed-over', ['patient-only']]);
  const after = { ...call.state(), handOver: 'patient-only' };
  const last = await openCall(definition, { before: after });
  await last.conversation.resume(after);
  assert.equal(last.ended[0]?.[0], 'handed-over', 'who has said no is not asked again');
});

test('an identifier that does not match keeps the record shut, from the model too', async () => {
  const call = await openCall(definition);
  call.conversation.onFound(
    'find_patient',
    JSON.stringify({ patients: [{ ...ann, birthDate: '1990-01-01' }] }),
  );
  await call.says('Ann Miller');
  await call.says('March third nineteen eighty five');
  while (call.conversation.step?.kind === 'readBack') await call.says('yes');
  assert.equal(call.conversation.question, 'On which number can we call?');
  for (const result of [record, JSON.stringify({ cases: [{ patientId: 'p-1' }] })])
    assert.equal(call.conversation.onFound('list_cases', result), withheld);
  const passages = JSON.stringify({ passages: [{ text: 'We open at six.' }] });
  assert.equal(call.conversation.onFound('search_knowledge', passages), passages);
  assert.deepEqual(call.conversation.speechRules.found, [withheld, withheld, passages]);
});

test('a model cannot make a patient a proxy, nor the other way round: the caller is asked', async () => {
  const { says, actions, act, intake, conversation } = await openCall(definition);
  await says('well what should I say about that');
  assert.equal((await act(actions.noteCaller('proxy')))?.say_next, script.isProxy);
  assert.equal(intake.state.caller, undefined);
  assert.equal(await says('no'), 'What is your name?');
  assert.equal(intake.state.caller, undefined);
  await says('well what should I say about that');
  await act(actions.noteCaller('proxy'));
  assert.equal(await says('yes'), "What is the patient's name?");
  assert.equal(intake.state.caller, 'proxy');
  await says('now this is the patient, good morning');
  assert.equal((await act(actions.noteCaller('patient')))?.say_next, 'What is your name?');
  assert.match(conversation.situation, /^(?![\s\S]*On the line)/);
});

test('the tool is there where it matters who is on the line', () => {
  const has = (source: string) =>
    JSON.stringify(intakeTools(definitionOf(source), {} as never)).includes('note_caller');
  assert.equal(has(text), true);
  assert.equal(has(text.replaceAll(/, (?:askProxy: [^,]*|answeredBy: patient)/g, '')), false);
});

test('what tells of nobody is not withheld', async () => {
  const { conversation, log } = await openCall(definition);
  for (const result of ['{"patients":[]}', '{"error":"caller-not-verified"}', 'no JSON'])
    assert.equal(conversation.onFound('find_patient', result), result);
  assert.equal(log.entries.flatMap((entry) => payloadOf(entry, 'answer') ?? []).length, 0);
});
