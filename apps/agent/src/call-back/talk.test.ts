import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voice } from '@livekit/agents';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { CallLog, foldCall, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import type { Outcome } from '../conversation/conversation.ts';
import { openConversation } from '../conversation/open.ts';
import { createScript } from '../conversation/script.ts';
import type { Calling } from './calling.ts';

const config = await loadConfig('vestibule.yaml');
const script = createScript(config);
const words = script.callBack;
const { definition: two, faults } = loadQuestionnaire(
  `
id: two
url: https://vestibule.example/fhir/Questionnaire/two
title: Two questions
version: '1'
items:
  - { id: pain, ask: Do you have chest pain?, type: boolean, required: true, redFlag: { severity: urgent, action: create-case, is: yes, script: A nurse is told., phrases: [chest hurts] } }
  - { id: why, ask: Why are you calling?, type: text, required: true }
`,
  'two.yaml',
);
assert.ok(two, JSON.stringify(faults));
const earlier = {
  callId: 'SCL_1',
  piiInputs: [{ kind: 'answer', linkId: 'pain', value: 'no', words: 'no' }],
};

const mayBeAsked: Calling = { kind: 'may-be-asked' };
const callBack: Calling = { kind: 'call-back', identifiers: 0 };

/** A call in which calls are spoken of; of a call-back, one that goes on from an earlier call. */
async function open(calling: Calling | undefined, definition = two!, before = earlier) {
  const store = new MemoryLogStore();
  const lease = await store.claim('call', 'w', 60_000);
  const log = await CallLog.open(store, lease!, new MemoryCallKeys());
  if (calling?.kind === 'call-back') await log.append('earlier', before);
  const alerts: string[] = [];
  const ended: [Outcome, string][] = [];
  const again = () =>
    openConversation({
      ...{ definition, log, script, calling, today: '2026-11-28' },
      state: foldCall(log.entries),
      alert: ({ id }) => void alerts.push(id),
      onOver: (outcome, last) => ended.push([outcome, last]),
    });
  const { conversation } = again();
  return {
    ...{ conversation, log, alerts, ended, again },
    says: (text: string) => {
      conversation.onFinal({ text, startMs: 0, endMs: 1, confidence: 0.9 });
      return conversation.turn();
    },
    wishes: () =>
      log.entries.flatMap((entry) => {
        const found = payloadOf(entry, 'call-back-wish');
        return found ? [[found.wish, found.piiWhen].filter(Boolean).join(' ')] : [];
      }),
  };
}

test('who consents to the recording is asked once whether they may be called back', async () => {
  const { says, wishes, again } = await open(mayBeAsked);
  assert.equal(await says('yes'), `${script.consented} ${words.mayQuestion}`);
  assert.equal(again().conversation.question, words.mayQuestion, 'after a take-over too');
  assert.equal(await says('yes'), `${words.may} Do you have chest pain?`);
  assert.deepEqual(wishes(), ['agreed']);
  assert.equal(again().conversation.question, 'Do you have chest pain?');
});

test('who does not want it, or does not consent to the recording, or may not be called, is not asked again', async () => {
  const no = await open(mayBeAsked);
  await no.says('yes');
  assert.equal(await no.says('no'), `${words.mayNot} Do you have chest pain?`);
  assert.deepEqual(no.wishes(), ['refused']);
  const unrecorded = await open(mayBeAsked);
  assert.equal(await unrecorded.says('no'), `${script.notConsented} Do you have chest pain?`);
  const unknown = await open(undefined);
  assert.equal(await unknown.says('yes'), `${script.consented} Do you have chest pain?`);
});

test('who has to go is called back at the time that they say, also if they were not for it before', async () => {
  const { says, wishes, ended, log } = await open(mayBeAsked);
  await says('yes');
  await says('no');
  assert.equal(await says('sorry I have to go, call me back tomorrow at five p.m.'), undefined);
  assert.deepEqual(wishes(), ['refused', 'asked-for 2026-11-29T17:00:00']);
  assert.deepEqual(ended, [['partial', words.willCallBack]]);
  const { callBack, handOver } = foldCall(log.entries);
  assert.deepEqual(
    [callBack?.agreed, callBack?.wanted, handOver],
    [true, { when: '2026-11-29T17:00:00' }, 'wants-call-back'],
  );
});

test('what may be an answer is asked about before the call is ended for it', async () => {
  const { says, ended, wishes } = await open(mayBeAsked);
  for (const text of ['yes', 'yes', 'no']) await says(text);
  assert.equal(await says('I wanted somebody to call me back about my results'), words.wantsCallBack);
  assert.deepEqual(ended, []);
  assert.equal(await says('yes'), undefined);
  assert.deepEqual([ended.length, wishes()], [1, ['agreed', 'asked-for']]);
});

test('consent is taken back in mid-call, and the call goes on', async () => {
  const { says, wishes, log, ended } = await open(mayBeAsked);
  for (const text of ['yes', 'yes']) await says(text);
  assert.equal(await says("please don't call me back"), `${words.noted} Do you have chest pain?`);
  assert.deepEqual(wishes(), ['agreed', 'withdrawn']);
  assert.deepEqual([foldCall(log.entries).callBack?.withdrawn, ended], [true, []]);
});

test('a call-back asks who is there before anything else, and goes on where the call stopped', async () => {
  const { conversation, says, wishes } = await open(callBack);
  assert.equal(conversation.question, words.whoQuestion);
  assert.equal(await says('speaking'), `${words.whoThanks} ${script.consentQuestion}`);
  assert.equal(await says('yes'), `${script.consented} Why are you calling?`);
  assert.deepEqual(wishes(), ['is-caller']);
});

test('until it is known who is there nothing of the intake is said, to a model either', async () => {
  const { conversation } = await open(callBack);
  assert.doesNotMatch(conversation.situation, /chest|Why are you/);
  const reply = await conversation.actions.recordAnswer('pain', 'no');
  assert.equal(reply.accepted, false);
  assert.doesNotMatch(JSON.stringify(reply), /chest|Why are you/);
});

for (const [text, wish, last] of [
  ['no', 'is-not-caller', 'triesAgain'],
  ["no, she isn't here", 'is-not-caller', 'triesAgain'],
  ['wrong number', 'wrong-number', 'wrongNumber'],
  ["I didn't call you", 'wrong-number', 'wrongNumber'],
  ['stop calling me', 'withdrawn', 'noMoreCalls'],
  ['not now', 'asked-for', 'willCallBack'],
  ["I'm driving, call me in an hour", 'asked-for PT60M', 'willCallBack'],
] as const) {
  test(`a call-back that hears "${text}" ends with ${last}`, async () => {
    const { says, conversation, wishes, ended, alerts } = await open(callBack);
    if ((await says(text)) === undefined && !conversation.isOver)
      await assert.rejects(
        async () => conversation.actions.recordAnswer('who-answered', 'no'),
        voice.StopResponse,
      );
    assert.deepEqual(wishes(), [wish]);
    assert.deepEqual(ended, [['partial', words[last]]]);
    assert.deepEqual(alerts, []);
  });
}

test('a machine that was taken for a person is recognised by what it says', async () => {
  const { says, log, ended } = await open(callBack);
  assert.equal(await says('please leave a message after the tone'), undefined);
  assert.deepEqual(foldCall(log.entries).callBack, { step: 'machine', code: 'words' });
  assert.equal(ended.length, 1);
});

test('red flags are heard in a call-back from the first word', async () => {
  const { conversation, alerts } = await open(callBack);
  await conversation.watch({ text: 'my chest hurts', startMs: 0, endMs: 1, confidence: 0.9 }, 'partial');
  assert.equal(alerts.length, 1);
});

test('whoever says neither three times is not gone on with', async () => {
  const { conversation, ended, wishes } = await open(callBack);
  for (const _ of [1, 2, 3]) await conversation.silence();
  assert.deepEqual(wishes(), ['is-not-caller']);
  assert.equal(ended.length, 1);
});

const { definition: named } = loadQuestionnaire(
  `
id: named
url: https://vestibule.example/fhir/Questionnaire/named
title: Named
version: '1'
identify: 2
items:
  - { id: birth, ask: What is your date of birth?, type: date, required: true, identifier: true }
  - { id: code, ask: What is your five digit code?, type: string, form: code, required: true, identifier: true }
  - { id: why, ask: Why are you calling?, type: text, required: true }
`,
  'named.yaml',
);
const said = (linkId: string, value: string) => ({ kind: 'answer', linkId, value, words: value });
const known = { callId: 'SCL_1', piiInputs: [said('birth', 'march third 1985'), said('code', '54321')] };
const identifying: Calling = { kind: 'call-back', identifiers: 2 };

test('where identifiers are wanted they are asked for, and only with them it goes on', async () => {
  const { says, log, again } = await open(identifying, named, known);
  assert.equal(await says('yes'), `${words.whoThanks} What is your date of birth?`);
  assert.equal(again().conversation.question, 'What is your date of birth?');
  assert.equal(await says('the third of march 1985'), 'What is your five digit code?');
  assert.equal(await says('five four three two one'), script.consentQuestion);
  assert.equal(foldCall(log.entries).goesOn, true);
  assert.equal(await says('yes'), `${script.consented} Why are you calling?`);
});

test('who has other identifiers is told no more, and nothing is gone on with', async () => {
  const { says, ended, wishes, log } = await open(identifying, named, known);
  await says('yes');
  for (const words of ['the fourth of march 1985', 'the fifth'])
    assert.match((await says(words)) ?? '', /birth/);
  assert.equal(await says('I do not remember'), undefined);
  assert.deepEqual([ended, wishes()], [[['partial', words.notIdentified]], ['is-caller', 'not-identified']]);
  assert.equal(foldCall(log.entries).goesOn, undefined);
});

test('where the earlier call has too few of them it begins anew', async () => {
  const { says, log } = await open(identifying, named, { ...known, piiInputs: known.piiInputs.slice(0, 1) });
  assert.equal(await says('yes'), `${words.whoThanks} ${script.consentQuestion}`);
  assert.equal(foldCall(log.entries).goesOn, false);
  assert.equal(await says('yes'), `${script.consented} What is your date of birth?`);
});
