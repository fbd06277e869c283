import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldCall } from '@vestibule/record';
import type { Lane } from './alarms.ts';
import { definitionOf, openCall } from './testing/open-call.ts';

const question = 'Does your chest hurt right now?';
const definition = definitionOf(`
id: asked
url: https://vestibule.example/fhir/Questionnaire/asked
title: Asked
version: '1'
redFlags:
  - { id: chest-pain, severity: emergency, action: create-case, script: A nurse is told., confirm: '${question}', phrases: [chest (pain|hurts)] }
  - { id: fainted, severity: urgent, action: create-case, script: Staff are told., phrases: [passed out] }
items:
  - { id: smoke, ask: Do you smoke?, type: boolean, required: true }
  - { id: drink, ask: Do you drink?, type: boolean, required: true }
`);

async function open() {
  const alarms: Lane[] = [];
  // Of the call's time nothing has passed: what is heard is later than all that is raised, unless it says otherwise.
  const call = await openCall(definition, { onAlarm: (lane) => void alarms.push(lane), beganAt: Date.now() });
  return { ...call, alarms, flags: () => call.entries('red-flag').map(({ id, severity }) => [id, severity]) };
}

const heard = (text: string, startMs: number) => ({ text, startMs, endMs: startMs + 500, confidence: 0.95 });

test('what the model’s tool finds is asked about first; a yes raises it, and the question before comes back', async () => {
  const { says, act, actions, flags, alerts, conversation } = await open();
  assert.equal(await says('an elephant sits on my breastbone'), undefined);
  const reply = await act(actions.reportRedFlag('chest-pain'));
  assert.deepEqual([reply?.accepted, reply?.say_next, flags()], [true, question, []]);
  assert.equal(
    (await act(actions.confirmReadBack(true, undefined)))?.accepted,
    false,
    'not in the same turn',
  );
  assert.equal((await act(actions.notUnderstood()))?.say_next, question);
  assert.deepEqual(flags(), [], 'what brought the question up is no answer to it');
  assert.equal(await says('yes it does'), 'A nurse is told. Do you smoke?');
  assert.deepEqual(flags(), [['chest-pain', 'emergency']]);
  assert.equal(alerts.length, 1);
  assert.equal(conversation.takeScripts(), '');
});

test('a no leaves a concern for staff; one without a question fires at once', async () => {
  const { says, act, actions, flags } = await open();
  await says('an elephant sits on my breastbone');
  await act(actions.reportRedFlag('chest-pain'));
  assert.match((await says('no')) ?? '', /Do you smoke\?$/);
  assert.deepEqual(flags(), [['chest-pain', 'concern']]);
  await says('all went black in the bus');
  await act(actions.reportRedFlag('fainted'));
  assert.deepEqual(flags()[1], ['fainted', 'urgent']);
});

test('what the second model finds is asked at once, and answered by words after it only', async () => {
  const { conversation, says, alarms, flags, actions, act, intake } = await open();
  assert.equal(await says('no'), 'Do you drink?');
  await conversation.report(['chest-pain'], heard('my ribcage is on fire', 1000));
  assert.deepEqual([alarms, flags(), conversation.hasFlagQuestion], [['second-model'], [], true]);
  assert.equal(conversation.takeFlagQuestion(), question);
  assert.equal(conversation.hasFlagQuestion, false);
  conversation.onFinal(heard('no', -2000));
  assert.equal(await conversation.turn(), question, 'said before the question came up: no answer to it');
  assert.deepEqual(flags(), []);
  assert.equal(await says('yes it does'), 'A nurse is told. Do you drink?');
  assert.deepEqual(flags(), [['chest-pain', 'emergency']]);
  assert.equal(intake.state.items['drink'], undefined);
  await act(actions.notUnderstood());
});

test('a model that is at its turn when the question comes up answers nothing by it', async () => {
  const { conversation, flags, actions, act } = await open();
  conversation.onFinal(heard('no I never did, since the war', -2000));
  assert.equal(await conversation.turn(), undefined);
  await conversation.report(['chest-pain'], heard('my ribcage is on fire', -4000));
  const reply = await act(actions.recordAnswer('smoke', 'no'));
  assert.deepEqual([reply?.accepted, reply?.say_next, flags()], [false, question, []]);
  assert.match(reply?.problem ?? '', /red flag comes first/);
  assert.equal(conversation.hasFlagQuestion, false, 'the answer puts it');
});

test('the question of a red flag does not wait for consent, and stands after a take-over', async () => {
  const before = { inputs: [], turns: [], redFlags: [], done: [] };
  const call = await openCall(definition, { before });
  await call.says('an elephant sits on my breastbone');
  const reply = await call.act(call.actions.reportRedFlag('chest-pain'));
  assert.equal(reply?.say_next, question);
  const next = await openCall(definition, { before: foldCall(call.log.entries) });
  assert.equal(next.conversation.question, question);
  assert.match((await next.says('no')) ?? '', /May I record/);
});
