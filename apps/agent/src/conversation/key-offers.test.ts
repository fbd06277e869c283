import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionOf, openCall } from './testing/open-call.ts';

const definition = definitionOf(`
id: keys
url: https://vestibule.example/fhir/Questionnaire/keys
title: Keys
version: '1'
items:
  - { id: pain, ask: Do you have pain?, type: boolean, required: true }
  - { id: when, ask: Morning or evening?, type: choice, required: true, options: [{ say: morning }, { say: evening }] }
  - { id: phone, ask: What is your number?, type: string, form: phone, required: true, readBack: always }
`);

test('keys are offered with the question once it failed, not before, and stay offered when it is repeated', async () => {
  const { conversation } = await openCall(definition);
  assert.equal(conversation.question, 'Do you have pain?');
  const again = (await conversation.silence()) ?? '';
  assert.match(again, /pain\?.* Say it, or press one for yes, or two for no\.$/);
  assert.equal(conversation.question, again);
  assert.equal(
    await conversation.keyed({ keys: '2', startMs: 0, endMs: 1 }),
    'Morning or evening?',
    'the next question is put without',
  );
});

test('options and a read-back that got no answer come with their keys', async () => {
  const { conversation, says } = await openCall(definition);
  await says('no');
  assert.match((await conversation.silence()) ?? '', /press one for morning, or two for evening\.$/);
  await says('the evening');
  assert.match((await says('five five five zero one zero zero one three one')) ?? '', /Is that right\?$/);
  assert.match((await conversation.silence()) ?? '', /Is that right\? .*press one for yes, or two for no\.$/);
});

test('an offered key that is said aloud counts, and one that was not offered does not', async () => {
  const { conversation, says, intake } = await openCall(definition);
  assert.equal(await says('one'), undefined, 'nothing was offered: the model makes something of it');
  await conversation.silence();
  assert.equal(await says('press seven'), undefined);
  assert.equal(await says('press two'), 'Morning or evening?');
  await conversation.silence();
  assert.match((await says('I pressed one')) ?? '', /number/);
  assert.match(JSON.stringify(intake.state.items['when']), /morning/);
});
