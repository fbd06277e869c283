import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voice } from '@livekit/agents';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { CallLog, foldCall, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import { Consent } from './consent.ts';
import { Conversation, type Outcome } from './conversation.ts';
import { Intake } from './intake.ts';
import { createScript } from './script.ts';
import { versionOf } from './versions.ts';

const config = await loadConfig('vestibule.yaml');
const script = createScript(config);
const text = `
id: two
url: https://vestibule.example/fhir/Questionnaire/two
title: Two questions
version: '1'
items:
  - { id: pain, ask: Do you have chest pain?, type: boolean, required: true, redFlag: { severity: urgent, action: create-case, is: yes, script: A nurse is told., phrases: [chest hurts] } }
  - { id: when, ask: Morning or evening?, type: choice, required: true, options: [{ say: morning }, { say: evening }] }
`;
const { definition: two, faults } = loadQuestionnaire(text, 'two.yaml');
assert.ok(two, JSON.stringify(faults));

const named = loadQuestionnaire(
  `{ id: named, url: 'https://vestibule.example/fhir/Questionnaire/named', title: Named, version: '1', items: [{ id: name, ask: What is your name?, type: string, form: name, required: true, readBack: always }] }`,
  'named.yaml',
).definition;
assert.ok(named);

async function open(given?: boolean, definition = two) {
  const store = new MemoryLogStore();
  const lease = await store.claim('call', 'w', 60_000);
  assert.ok(lease && definition);
  const log = await CallLog.open(store, lease, new MemoryCallKeys());
  const intake = new Intake(definition, log, '2026-11-23');
  const consent = new Consent(log, script, given);
  const alerts: string[] = [];
  const ended: [Outcome, string][] = [];
  const conversation = new Conversation({
    log,
    intake,
    script,
    consent,
    alert: ({ id }) => void alerts.push(id),
    onOver: (outcome, words) => ended.push([outcome, words]),
  });
  return {
    conversation,
    consent,
    log,
    intake,
    alerts,
    ended,
    kinds: () => log.entries.map(({ header }) => header.kind),
    answers: () => log.entries.flatMap((entry) => payloadOf(entry, 'answer') ?? []),
    /** The caller speaks, and their turn is over. */
    says: (words: string) => {
      conversation.onFinal(heard(words));
      return conversation.turn();
    },
  };
}

const heard = (words: string) => ({ text: words, startMs: 0, endMs: 1, confidence: 0.9 });

test('consent comes first: no item is taken before it is answered', async () => {
  const { conversation, consent, kinds } = await open();
  assert.equal(conversation.question, script.consentQuestion);
  const early = await conversation.recordAnswer('pain', 'no');
  assert.deepEqual([early.accepted, early.say_next], [false, script.consentQuestion]);
  assert.deepEqual(kinds(), []);
  const next = await conversation.recordAnswer('recording-consent', 'yes you may');
  assert.equal(next.say_next, 'Thank you. Do you have chest pain?');
  assert.equal(consent.isGiven, true);
});

test('what is no yes after three tries is a no', async () => {
  const { conversation, consent } = await open();
  assert.equal((await conversation.notUnderstood()).say_next, script.consentAgain);
  assert.equal((await conversation.notUnderstood()).say_next, script.consentAgain);
  assert.match((await conversation.notUnderstood()).say_next, /keep only your answers/);
  assert.deepEqual([consent.isOpen, consent.isGiven], [false, false]);
});

test('a red flag is heard before consent as well, and its words are not kept', async () => {
  const { conversation, alerts, log } = await open();
  await conversation.watch(heard('my chest hurts'));
  assert.deepEqual(alerts.length, 1);
  const flag = log.entries.map((entry) => payloadOf(entry, 'red-flag')).find(Boolean);
  assert.equal(flag?.piiWords, undefined);
  assert.equal(conversation.takeScripts(), 'A nurse is told.');
  assert.equal(conversation.question, script.consentQuestion);
});

test('turns that move nothing count as not understood in the end, and then a person takes over', async () => {
  const { conversation, ended } = await open(true);
  const said: (string | undefined)[] = [];
  for (let turn = 0; turn < 20 && ended.length === 0; turn++) said.push(await conversation.turn());
  assert.deepEqual(said.slice(0, 4), [undefined, undefined, undefined, undefined]);
  assert.match(said[4] ?? '', /Do you have chest pain/);
  assert.equal(ended[0]?.[0], 'handed-over');
});

test('keys answer consent, a yes or no, an option and a read-back, past the model', async () => {
  const keyed = (keys: string) => ({ keys, startMs: 0, endMs: 1 });
  const { conversation, intake, ended } = await open();
  assert.equal(conversation.keysExpected, 1);
  assert.equal(await conversation.keyed(keyed('1')), 'Thank you. Do you have chest pain?');
  assert.equal(await conversation.keyed(keyed('2')), 'Morning or evening?');
  assert.equal(await conversation.keyed(keyed('2')), undefined);
  assert.equal(ended[0]?.[0], 'complete');
  assert.match(JSON.stringify(intake.state.items), /evening/);

  const name = await open(true, named);
  await name.conversation.recordAnswer('name', 'Ann Miller');
  await name.conversation.keyed(keyed('1'));
  assert.equal(name.ended[0]?.[0], 'complete');
});

test('the conversation ends once, whatever is done in its last turn', async () => {
  const { conversation, ended } = await open(true);
  await conversation.recordAnswer('pain', 'no');
  const acts = [conversation.recordAnswer('when', 'in the morning'), conversation.endCall('wants-person')];
  await Promise.allSettled(acts);
  await conversation.giveUp('no-model');
  assert.equal(ended.length, 1);
});

test('a red flag in an answer is on the log, alerts a person, and its script is said before the next question', async () => {
  const { conversation, alerts, kinds } = await open(true);
  const reply = await conversation.recordAnswer('pain', 'yes');
  assert.equal(reply.say_next, 'Morning or evening?');
  assert.equal(conversation.takeScripts(), 'A nurse is told.');
  assert.equal(alerts.length, 1);
  assert.deepEqual(kinds(), ['answer', 'red-flag']);
});

test('a red flag in a partial transcript is caught once, and its script waits to be said', async () => {
  const { conversation, alerts, log } = await open(true);
  await Promise.all([
    conversation.watch(heard('oh my chest hurts')),
    conversation.watch(heard('oh my chest hurts so')),
  ]);
  assert.equal(alerts.length, 1);
  assert.equal(conversation.takeScripts(), 'A nurse is told.');
  assert.equal(conversation.takeScripts(), '');
  const flag = log.entries.map((entry) => payloadOf(entry, 'red-flag')).find(Boolean);
  assert.equal(flag?.lane, 'phrase');
});

test('the last answer ends the conversation with the closing words, and no model speaks after them', async () => {
  const { conversation, ended, intake, log } = await open(true);
  await conversation.recordAnswer('pain', 'no');
  await assert.rejects(
    conversation.recordAnswer('when', 'in the morning'),
    (error) => error instanceof voice.StopResponse,
  );
  assert.deepEqual(ended, [['complete', script.closing]]);
  const again = new Intake(intake.definition, log, '2026-11-23', foldCall(log.entries).inputs);
  assert.deepEqual(again.state, intake.state, 'the log’s inputs give the same state');
});

test('a caller who wants a person is handed over, and staff are told', async () => {
  const { conversation, ended, alerts, kinds } = await open(true);
  await assert.rejects(conversation.endCall('wants-person'), (error) => error instanceof voice.StopResponse);
  assert.deepEqual(
    ended.map(([outcome]) => outcome),
    ['handed-over'],
  );
  assert.deepEqual(alerts, ['wants-person']);
  assert.deepEqual(kinds(), ['hand-over']);
});

test('a scrap that is neither yes nor no does not reject what was read back', async () => {
  const { conversation, intake, says } = await open(true, named);
  await conversation.recordAnswer('name', 'Ann Miller');
  await says('Us.');
  const again = await conversation.confirmReadBack(false, 'Us');
  assert.match(again.say_next, /Ann Miller/);
  await says('No, Ann Mueller.');
  await conversation.confirmReadBack(false, 'No, Ann Mueller');
  assert.match(JSON.stringify(intake.state.items), /Mueller/);
});

test('an answer on record says what it rests on, how it was obtained, and where its read-back stands', async () => {
  const { conversation, answers, says } = await open(true, named);
  await says('Ann Miller.');
  conversation.onFinal(heard('And one thing more.'));
  await conversation.recordAnswer('name', 'Ann Miller');
  await says('No, Ann Mueller.');
  await conversation.confirmReadBack(false, 'Ann Mueller');
  await conversation.keyed({ keys: '1', startMs: 20, endMs: 30 });
  assert.deepEqual(
    answers().map(({ linkId, evidence, obtained, readBack }) => [
      linkId,
      evidence?.piiWords,
      obtained?.by,
      obtained?.value,
      readBack,
    ]),
    [
      ['name', 'Ann Miller.', 'model-tool', 'stated', 'owed'],
      ['name', 'No, Ann Mueller.', 'model-tool', 'corrected', 'owed'],
      ['name', '1', 'keypad', 'stated', 'confirmed'],
    ],
  );
  const [first, , last] = answers();
  assert.deepEqual([last?.evidence?.startMs, last?.evidence?.endMs], [20, 30]);
  assert.deepEqual(
    [first?.versions?.questionnaire, first?.versions?.prompts],
    [versionOf(named), script.version],
  );
});

test('where nothing was heard there is no evidence, and silence is on record as the caller’s turn', async () => {
  const { conversation, answers, says, log } = await open(true);
  await says('well');
  await conversation.silence();
  assert.deepEqual([answers()[0]?.evidence, answers()[0]?.obtained], [undefined, { by: 'silence' }]);
  assert.deepEqual(
    log.entries.flatMap((entry) => payloadOf(entry, 'turn')?.by ?? []),
    ['speech', 'silence'],
  );
});

test('a value that the questionnaire brought along is said to be that once it is confirmed', async () => {
  const { definition } = loadQuestionnaire(
    JSON.stringify({
      resourceType: 'Questionnaire',
      id: 'prefilled',
      url: 'https://vestibule.example/fhir/Questionnaire/prefilled',
      version: '1',
      status: 'active',
      item: [
        {
          linkId: 'visits',
          text: 'How many visits?',
          type: 'integer',
          required: true,
          initial: [{ valueInteger: 2 }],
        },
      ],
    }),
    'prefilled.json',
  );
  const { conversation, answers } = await open(true, definition);
  await conversation.confirmReadBack(true, undefined).catch(() => undefined);
  assert.deepEqual(answers()[0]?.obtained, { by: 'model-tool', value: 'prefilled' });
  assert.equal(answers()[0]?.readBack, 'confirmed');
});

test('answers to consent and to the first question at once are both taken', async () => {
  const { conversation, says } = await open();
  await says('yes, and no, no pain');
  const [, reply] = await Promise.all([
    conversation.recordAnswer('recording-consent', 'yes'),
    conversation.recordAnswer('pain', 'no'),
  ]);
  assert.deepEqual([reply.accepted, reply.say_next], [true, 'Morning or evening?']);
});

test('an answer the engine refuses is asked again with what is wrong', async () => {
  const { conversation } = await open(true);
  await conversation.recordAnswer('pain', 'no');
  const reply = await conversation.recordAnswer('when', 'purple');
  assert.equal(reply.accepted, false);
  assert.equal(reply.item, 'when');
});
