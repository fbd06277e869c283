import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionOf, openCall, script } from './testing/open-call.ts';
import { asksForPerson } from './wants-person.ts';

const definition = definitionOf(`
id: one
url: https://vestibule.example/fhir/Questionnaire/one
title: One question
version: '1'
items:
  - { id: smoke, ask: Do you smoke?, type: boolean, required: true }
`);

const wishes: [said: string, asks: boolean | undefined][] = [
  ['could I have a person', true],
  ['let me talk to a human being', true],
  ['no I want to speak to somebody', true],
  ["I don't want a machine, give me a nurse", true],
  ["i don't want a machine i want a person", true],
  ["can't I talk to the receptionist", true],
  ['operator please', true],
  ['Representative!', true],
  ['is there someone there', true],
  ["I don't want to speak to a person", false],
  ['no need to get a nurse', false],
  ['please no person', false],
  ['my nurse told me that', undefined],
  ['it hurts when somebody touches it', undefined],
  ['yes since my birthday', undefined],
];
for (const [said, asks] of wishes)
  test(`"${said}" ${asks === true ? 'asks for a person' : asks === false ? 'wants none' : 'says nothing of one'}`, () =>
    assert.equal(asksForPerson(said), asks));

test('a caller who asked for a person is handed over, with their words on record as the turn’s', async () => {
  const { says, act, actions, entries, alerts, ended } = await openCall(definition);
  await says('well, could I have a person, please');
  assert.equal(await act(actions.requestHuman('Could I have a person')), undefined);
  assert.deepEqual(entries('hand-over'), [{ reason: 'wants-person' }]);
  assert.deepEqual([alerts, ended[0]?.[0]], [['wants-person'], 'handed-over']);
});

test('a claim that the caller’s words do not bear is refused for its reason, and the caller is asked', async () => {
  const { conversation, says, act, actions, ended } = await openCall(definition);
  const silent = await act(actions.requestHuman('a person'));
  assert.match(silent?.problem ?? '', /nothing since the question/);
  for (const [said, words, reason, next] of [
    ['my nurse told me to call', 'my nurse told me', /ask for no person.*asked now/, script.wantsPerson],
    ['my nurse told me to call', 'give me a person', /not the caller’s words/, script.wantsPerson],
    ['well I do not want a person', 'want a person', /want no person; go on/, 'Do you smoke?'],
  ] as const) {
    await says(said);
    const reply = await act(actions.requestHuman(words));
    assert.deepEqual([reply?.accepted, reply?.say_next], [false, next]);
    assert.match(reply?.problem ?? '', reason);
    if (next === script.wantsPerson) assert.equal(await says('no'), 'Do you smoke?');
  }
  assert.deepEqual([ended, conversation.question], [[], 'Do you smoke?']);
  await says('my nurse told me to call');
  await act(actions.requestHuman('my nurse'));
  assert.equal(await says('yes'), undefined);
  assert.equal(ended[0]?.[0], 'handed-over');
});

test('a record of a model that had no such tool is decided as it was', async () => {
  const { says, act, actions, ended } = await openCall(definition);
  await says('a person please');
  await act(actions.endCall('wants-person'));
  assert.equal(ended[0]?.[0], 'handed-over');
});
