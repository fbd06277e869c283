import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voice } from '@livekit/agents';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import type { Outcome } from './conversation.ts';
import { openConversation } from './open.ts';
import type { Reply } from './phrasing.ts';
import { createScript } from './script.ts';

// A model that lies: what it claims is held against what the caller was heard to say.

const script = createScript(await loadConfig('vestibule.yaml'));
const { definition, faults } = loadQuestionnaire(
  `
id: many
url: https://vestibule.example/fhir/Questionnaire/many
title: Many questions
version: '1'
items:
  - { id: smoke, ask: Do you smoke?, type: boolean, required: true }
  - { id: pain, ask: Do you have chest pain?, type: boolean, required: true }
  - { id: often, ask: How often do you feel tired?, type: choice, required: true, options: [{ say: not at all }, { say: several days }, { say: every day }] }
  - { id: sad, ask: How often do you feel sad?, type: choice, required: true, options: [{ say: not at all }, { say: several days }, { say: every day }] }
  - { id: reason, ask: Why are you calling?, type: text, required: true }
  - { id: children, ask: How many children do you have?, type: integer, required: true }
  - { id: name, ask: What is your name?, type: string, form: name, required: true, readBack: always }
`,
  'many.yaml',
);
assert.ok(definition, JSON.stringify(faults));

async function open({ consent = true } = {}) {
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
  const ended: [Outcome, string][] = [];
  const {
    intake,
    conversation,
    consent: recording,
  } = openConversation({
    ...{ definition: definition!, log, script, today: '2026-11-23' },
    state: { inputs: [], turns: [], redFlags: [], done: [], ...(consent ? { consent } : {}) },
    alert: () => undefined,
    onOver: (outcome, words) => ended.push([outcome, words]),
  });
  const act = (what: Promise<Reply>) =>
    what.catch((error: unknown) => {
      if (error instanceof voice.StopResponse) return undefined;
      throw error;
    });
  return {
    ...{ actions: conversation.actions, conversation, ended, recording, act },
    items: () => intake.state.items,
    answers: () => log.entries.flatMap((entry) => payloadOf(entry, 'answer') ?? []),
    entries: (kind: 'hand-over' | 'consent') => log.entries.flatMap((entry) => payloadOf(entry, kind) ?? []),
    /** The caller speaks, and the turn is the model's, or the engine has answered: its words. */
    says: (words: string) => {
      conversation.onFinal({ text: words, startMs: 0, endMs: 1, confidence: 0.95 });
      return conversation.turn();
    },
  };
}

test('one yes is the answer to one question, not to all that follow', async () => {
  const { says, actions, items, conversation } = await open();
  await says('yes I do, since the war');
  assert.equal((await actions.recordAnswer('smoke', 'yes')).accepted, true);
  assert.equal((await actions.recordAnswer('pain', 'yes')).accepted, false);
  assert.equal((await actions.recordAnswer('children', '3')).accepted, false);
  assert.deepEqual(Object.keys(items()), ['smoke']);
  assert.match(conversation.question, /chest pain/);
});

test('an option that was said once is the answer to one question', async () => {
  const { says, actions, items } = await open();
  await says('no');
  await says('no');
  await says('several days, more or less, since my mother left');
  assert.equal((await actions.recordAnswer('often', 'several days')).accepted, true);
  assert.equal((await actions.recordAnswer('sad', 'several days')).accepted, false);
  assert.equal(items()['sad'], undefined);
});

test('what is volunteered in so many words is taken', async () => {
  const { says, actions, items } = await open();
  await says(
    'no I never smoked, and my children, I have three children, gave me this cough that will not go',
  );
  for (const [item, answer] of [
    ['smoke', 'no I never smoked'],
    ['children', 'three children'],
    ['reason', 'this cough that will not go'],
  ] as const)
    assert.equal((await actions.recordAnswer(item, answer)).accepted, true, item);
  assert.deepEqual(Object.keys(items()).sort(), ['children', 'reason', 'smoke']);
});

test('an invented answer to what was asked is read back before it counts, whatever the item says', async () => {
  const { says, actions, items, answers } = await open();
  for (const words of ['no', 'no', 'not at all', 'not at all']) await says(words);
  await says('well it is a long story');
  const reply = await actions.recordAnswer('reason', 'broken leg');
  assert.match(reply.say_next, /broken leg[\s\S]*right\?/i);
  const { reason } = items();
  assert.equal(reason?.status === 'answered' && reason.confirmed, false);
  assert.equal(answers().at(-1)?.readBack, 'owed');
  await says('no no no');
  assert.equal(items()['reason'], undefined);
});

test('after a silence a model has nothing to record', async () => {
  const { conversation, actions, items } = await open();
  await conversation.silence();
  assert.equal((await actions.recordAnswer('smoke', 'no')).accepted, false);
  assert.deepEqual(items(), {});
});

test('a read-back is confirmed by the caller alone', async () => {
  const { says, actions, act, items } = await open();
  for (const words of ['no', 'no', 'not at all', 'not at all', 'a cough', 'two', 'Ann Miller'])
    await says(words);
  await says('hold on, there is somebody at the door');
  await act(actions.confirmReadBack(true, undefined));
  await act(actions.recordAnswer('name', 'yes'));
  const { name } = items();
  assert.equal(name?.status === 'answered' && name.confirmed, false);
  await says('that is wrong, by the way');
  await act(actions.confirmReadBack(true, 'Bob Jones'));
  assert.doesNotMatch(JSON.stringify(items()['name'] ?? {}), /Bob|"confirmed":true/);
});

test('a caller declines by their own words; otherwise they are asked', async () => {
  const on = await open();
  await on.says('that is a good question, let me think about it');
  const asked = await on.actions.declineItem('smoke', 'declined');
  assert.deepEqual([asked.accepted, asked.say_next], [false, script.leaveOut]);
  assert.equal((await on.actions.declineItem('reason', 'declined')).accepted, false, 'not asked yet');
  assert.match((await on.says('no')) ?? '', /Do you smoke/);
  assert.deepEqual(on.items(), {});
  await on.says('let me think about it again');
  await on.actions.declineItem('smoke', 'declined');
  assert.match((await on.says('yes')) ?? '', /chest pain/);
  assert.equal(on.items()['smoke']?.status, 'declined');
  await on.says('I would really rather not talk about that with a machine');
  await on.actions.declineItem('pain', 'declined');
  assert.equal(on.items()['pain']?.status, 'declined');
});

test('a call ends early when the caller wants it to, and not on a model’s word', async () => {
  const on = await open();
  await on.says('yes, and what about the weather');
  for (const reason of ['wants-to-stop', 'wants-person'] as const) {
    const reply = await on.actions.endCall(reason);
    assert.match(reply.say_next, /yes or no/);
    assert.match((await on.says('no')) ?? '', /Do you smoke/);
  }
  assert.deepEqual([on.ended, on.entries('hand-over')], [[], []]);
  await on.says('I have to go, could we stop here');
  await on.act(on.actions.endCall('wants-to-stop'));
  assert.equal(on.ended[0]?.[0], 'partial');
  assert.deepEqual(on.entries('hand-over'), [{ reason: 'wants-to-stop' }]);
});

test('who says yes when asked whether to stop has stopped', async () => {
  const on = await open();
  await on.says('oh my, what a day');
  await on.actions.endCall('wants-person');
  assert.equal(await on.says('yes'), undefined);
  assert.deepEqual(on.entries('hand-over'), [{ reason: 'wants-person' }]);
});

test('consent is the caller’s: no model gives it, takes it back or turns a no into a yes', async () => {
  const { says, actions, recording, entries } = await open({ consent: false });
  await says('what is this about');
  await actions.recordAnswer('recording-consent', 'yes');
  assert.equal(recording.isOpen, true);
  await says('no, my lawyer said that I must not');
  await actions.recordAnswer('recording-consent', 'yes');
  assert.deepEqual([recording.isOpen, recording.isGiven], [false, false]);
  await says('yes I smoke, since the war');
  assert.equal((await actions.recordAnswer('recording-consent', 'yes')).accepted, false);
  assert.equal(entries('consent').length, 1);
  await says('yes, and you may record this after all');
  await actions.recordAnswer('recording-consent', 'yes');
  assert.equal(recording.isGiven, true);
});

test('a model that never understands ends with a person, not with an answer', async () => {
  const { says, actions, act, ended, items } = await open();
  let turns = 0;
  for (; turns < 10 && ended.length === 0; turns++) {
    await says('well that depends on what you mean by it');
    for (let often = 0; often < 5; often++) await act(actions.notUnderstood());
  }
  assert.equal(turns, 3, 'a turn counts once');
  assert.equal(ended[0]?.[0], 'handed-over');
  assert.deepEqual(items(), {});
});
