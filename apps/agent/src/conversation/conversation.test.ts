import assert from 'node:assert/strict';
import { test } from 'node:test';
import { voice } from '@livekit/agents';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { CallLog, drained, foldCall, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import type { Outcome } from './conversation.ts';
import { Intake } from './intake.ts';
import { openConversation } from './open.ts';
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

/** `before`: writes what a worker before this one left on the log. */
async function open(
  given?: boolean,
  definition = two,
  before: (log: CallLog, intake: Intake) => Promise<unknown> = () => Promise.resolve(),
) {
  const store = new MemoryLogStore();
  const lease = await store.claim('call', 'w', 60_000);
  assert.ok(lease && definition);
  const log = await CallLog.open(store, lease, new MemoryCallKeys());
  await before(log, new Intake(definition, log, '2026-11-23'));
  const alerts: string[] = [];
  const ended: [Outcome, string][] = [];
  const { intake, consent, conversation } = openConversation({
    definition,
    log,
    state: { ...foldCall(log.entries), ...(given === undefined ? {} : { consent: given }) },
    script,
    today: '2026-11-23',
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
    /** The caller speaks, in more than a plain answer: the turn is the model's, which records that. */
    records: async (words: string, item: string, answer: string) => {
      conversation.onFinal(heard(words));
      assert.equal(await conversation.turn(), undefined, words);
      return conversation.actions.recordAnswer(item, answer);
    },
    /** The caller speaks, and their turn is over. */
    says: (words: string) => {
      conversation.onFinal(heard(words));
      return conversation.turn();
    },
  };
}

const heard = (words: string) => ({ text: words, startMs: 0, endMs: 1, confidence: 0.9 });

test('consent comes first: no item is taken before it is answered', async () => {
  const { conversation, consent, kinds, records } = await open();
  assert.equal(conversation.question, script.consentQuestion);
  const early = await records('no pain', 'pain', 'no');
  assert.deepEqual([early.accepted, early.say_next], [false, script.consentQuestion]);
  assert.deepEqual(kinds(), ['turn']);
  const next = await records('yes you may, and my bus is late', 'recording-consent', 'yes you may');
  assert.equal(next.say_next, 'Thank you. Do you have chest pain?');
  assert.equal(consent.isGiven, true);
});

test('what is no yes after three tries is a no; in one turn it is one try, however often a model says so', async () => {
  const { conversation, consent, says } = await open();
  for (const words of ['it rains', 'it pours']) {
    await says(words);
    for (let often = 0; often < 3; often++) await conversation.actions.notUnderstood();
    assert.equal(consent.isOpen, true);
  }
  await says('it stops');
  assert.match((await conversation.actions.notUnderstood()).say_next, /keep only your answers/);
  assert.deepEqual([consent.isOpen, consent.isGiven], [false, false]);
});

test('a red flag is heard before consent as well, and its words are not kept', async () => {
  const { conversation, alerts, log } = await open();
  await conversation.watch(heard('my chest hurts'), 'final');
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
  await name.says('Ann Miller');
  await name.conversation.keyed(keyed('1'));
  assert.equal(name.ended[0]?.[0], 'complete');
});

test('the conversation ends once, whatever is done in its last turn', async () => {
  const { conversation, ended, says } = await open(true);
  await says('no');
  await says('the morning, I think, or let me speak to a person');
  const acts = [
    conversation.actions.recordAnswer('when', 'in the morning'),
    conversation.actions.endCall('wants-person'),
  ];
  await Promise.allSettled(acts);
  await conversation.giveUp('no-model');
  assert.equal(ended.length, 1);
});

test('a red flag in an answer is on the log, alerts a person, and its script is said before the next question', async () => {
  const { conversation, alerts, kinds, records } = await open(true);
  const reply = await records('yes since my birthday', 'pain', 'yes');
  assert.equal(reply.say_next, 'Morning or evening?');
  assert.equal(conversation.takeScripts(), 'A nurse is told.');
  assert.equal(alerts.length, 1);
  assert.deepEqual(kinds(), ['turn', 'answer', 'red-flag']);
});

test('a red flag in a partial transcript is raised before any final, once, and its script is there at once', async () => {
  const { conversation, alerts, log } = await open(true);
  await Promise.all([
    conversation.watch(heard('oh my chest hurts'), 'partial'),
    conversation.watch(heard('oh my chest hurts so'), 'partial'),
  ]);
  assert.equal(alerts.length, 1);
  assert.equal(conversation.takeScripts(), 'A nurse is told.');
  assert.equal(conversation.takeScripts(), '');
  const flag = log.entries.map((entry) => payloadOf(entry, 'red-flag')).find(Boolean);
  assert.deepEqual([flag?.lane, flag?.piiWords], ['partial', 'oh my chest hurts']);
});

test('the last answer ends the conversation with the closing words, and no model speaks after them', async () => {
  const { ended, intake, log, records, says } = await open(true);
  await says('no');
  await assert.rejects(
    records('in the morning, before my bus leaves', 'when', 'in the morning'),
    (error) => error instanceof voice.StopResponse,
  );
  assert.deepEqual(ended, [['complete', script.closing]]);
  const again = new Intake(intake.definition, log, '2026-11-23', foldCall(log.entries).inputs);
  assert.deepEqual(again.state, intake.state, 'the log’s inputs give the same state');
});

test('a caller who wants a person is handed over, and staff are told', async () => {
  const { conversation, ended, alerts, kinds, says } = await open(true);
  await says('could I have a person');
  await assert.rejects(
    conversation.actions.endCall('wants-person'),
    (error) => error instanceof voice.StopResponse,
  );
  assert.deepEqual(
    ended.map(([outcome]) => outcome),
    ['handed-over'],
  );
  assert.deepEqual(alerts, ['wants-person']);
  assert.deepEqual(kinds(), ['turn', 'hand-over']);
});

test('a scrap that is neither yes nor no does not reject what was read back', async () => {
  const { conversation, intake, says } = await open(true, named);
  await says('Ann Miller');
  await says('Us.');
  const again = await conversation.actions.confirmReadBack(false, 'Us');
  assert.match(again.say_next, /Ann Miller/);
  await says('No, Ann Mueller.');
  await conversation.actions.confirmReadBack(false, 'No, Ann Mueller');
  assert.match(JSON.stringify(intake.state.items), /Mueller/);
});

test('an answer on record says what it rests on, how it was obtained, and where its read-back stands', async () => {
  const { conversation, answers, says } = await open(true, named);
  await says('As I told your colleague, Ann Miller.');
  conversation.onFinal(heard('And one thing more.'));
  await conversation.actions.recordAnswer('name', 'Ann Miller');
  await says('No, Ann Mueller.');
  await conversation.actions.confirmReadBack(false, 'Ann Mueller');
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
      ['name', 'As I told your colleague, Ann Miller.', 'model-tool', 'stated', 'owed'],
      ['name', 'And one thing more. No, Ann Mueller.', 'model-tool', 'corrected', 'owed'],
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
  const { conversation, answers, says } = await open(true, definition);
  await says('yes, as far as my wife tells me');
  await conversation.actions.confirmReadBack(true, undefined).catch(() => undefined);
  assert.deepEqual(answers()[0]?.obtained, { by: 'model-tool', value: 'prefilled' });
  assert.equal(answers()[0]?.readBack, 'confirmed');
});

test('answers to consent and to the first question at once are both taken', async () => {
  const { conversation, says } = await open();
  await says('yes, and no, no pain');
  const [, reply] = await Promise.all([
    conversation.actions.recordAnswer('recording-consent', 'yes'),
    conversation.actions.recordAnswer('pain', 'no'),
  ]);
  assert.deepEqual([reply.accepted, reply.say_next], [true, 'Morning or evening?']);
});

test('an answer the engine refuses is asked again with what is wrong', async () => {
  const { records, says } = await open(true);
  await says('no');
  const reply = await records('in the purple', 'when', 'purple');
  assert.equal(reply.accepted, false);
  assert.equal(reply.item, 'when');
});

test('after a take-over a red flag that its worker had no time to raise is raised, and its script said', async () => {
  const origin = { by: 'model-tool', prompts: 'v' } as const;
  const pain = { kind: 'answer', linkId: 'pain', value: 'yes', words: 'yes' } as const;
  const left = await open(true, two, (_, intake) => intake.apply({ ...pain }, origin));
  await left.conversation.resume(foldCall(left.log.entries));
  assert.deepEqual([left.alerts.length, left.kinds()], [1, ['answer', 'red-flag']]);
  assert.equal(left.conversation.takeScripts(), 'A nurse is told.');
  const again = foldCall(left.log.entries);
  await left.conversation.resume(again);
  assert.equal(left.alerts.length, 1, 'what is on the log is not raised again');
});

test('after a take-over a conversation that was ending ends as it was about to', async () => {
  const wants = await open(true, two, (log) => log.append('hand-over', { reason: 'wants-person' }));
  await wants.conversation.resume(foldCall(wants.log.entries));
  assert.deepEqual(wants.ended, [['handed-over', script.handOver]]);
  assert.deepEqual([wants.alerts, wants.kinds()], [['wants-person'], ['hand-over']]);

  const origin = { by: 'model-tool', prompts: 'v' } as const;
  const done = await open(true, two, async (_, intake) => {
    await intake.apply({ kind: 'answer', linkId: 'pain', value: 'no', words: 'no' }, origin);
    await intake.apply({ kind: 'answer', linkId: 'when', value: 'morning', words: 'morning' }, origin);
  });
  await done.conversation.resume(foldCall(done.log.entries));
  assert.deepEqual(done.ended, [['complete', script.closing]]);

  const drainedCall = await open(true, two, (log) => log.append('hand-over', { reason: drained }));
  await drainedCall.conversation.resume(foldCall(drainedCall.log.entries));
  assert.deepEqual(drainedCall.ended, [], 'left to another worker is not left to a person');
});

const cutOff = {
  callId: 'earlier',
  piiInputs: [{ kind: 'answer', linkId: 'pain', value: 'yes', words: 'yes' }],
};

test('who was cut off is asked after consent whether to go on, and then only for what is missing', async () => {
  const { conversation, log, kinds, alerts, intake, says, records } = await open();
  await log.append('earlier', cutOff);
  conversation.offer(cutOff);
  assert.equal(conversation.question, script.consentQuestion);
  assert.equal(await says('yes'), `Thank you. ${script.resumptionQuestion}`);
  assert.match(conversation.situation, /go-on-with-earlier-call/);
  assert.equal((await conversation.actions.recordAnswer('pain', 'no')).accepted, false);
  assert.equal((await conversation.actions.notUnderstood()).say_next, script.resumptionAgain);
  const reply = await records('yes please, my boy', 'go-on-with-earlier-call', 'yes please');
  assert.equal(reply.say_next, 'Good. Morning or evening?');
  assert.deepEqual(alerts, [], 'its red flags were raised in the earlier call');
  assert.deepEqual(kinds(), ['earlier', 'turn', 'consent', 'turn', 'resumption']);

  const state = foldCall(log.entries);
  const again = new Intake(two, log, '2026-11-23', state.inputs);
  assert.deepEqual([again.state, again.fired], [intake.state, []]);
  assert.equal(await conversation.keyed({ keys: '1', startMs: 0, endMs: 1 }), undefined);
});

test('who does not want to go on begins anew; an offer after consent comes too late', async () => {
  const { conversation } = await open();
  conversation.offer(cutOff);
  await conversation.actions.recordAnswer('recording-consent', 'no');
  assert.equal(
    await conversation.keyed({ keys: '2', startMs: 0, endMs: 1 }),
    'Then we begin anew. Do you have chest pain?',
  );
  const late = await open(true);
  late.conversation.offer(cutOff);
  assert.equal(late.conversation.question, 'Do you have chest pain?');
  const reply = await late.conversation.actions.recordAnswer('go-on-with-earlier-call', 'yes');
  assert.equal(reply.accepted, false);
});

test('a plain answer goes to the engine without a model; anything more is the model’s', async () => {
  const { says, answers, conversation } = await open(true);
  assert.equal(await says('no, and my chest hurts'), undefined);
  assert.equal(answers().length, 0);
  assert.equal(await says('no'), 'Morning or evening?');
  assert.deepEqual(
    answers().map(({ linkId, obtained }) => [linkId, obtained?.by]),
    [['pain', 'typed-parse']],
  );
  assert.equal(await says('say that again please'), 'Morning or evening?');
  assert.equal(await says("I'd rather not say"), undefined);
  assert.equal(conversation.isOver, true);
});

test('consent, a read-back and a name of two finals are plain too', async () => {
  const { says, conversation, intake } = await open(undefined, named);
  assert.match((await says('yes that is fine')) ?? '', /What is your name/);
  conversation.onFinal(heard('Ann'));
  assert.match((await says('Miller')) ?? '', /Ann Miller/);
  assert.equal(await says('yes'), undefined);
  assert.equal(conversation.isOver, true);
  assert.match(JSON.stringify(intake.state.items), /Ann Miller/);
});

test('what the recogniser was unsure of is for a model to make something of', async () => {
  const { conversation } = await open(true);
  conversation.onFinal({ ...heard('no'), confidence: 0.4 });
  assert.equal(await conversation.turn(), undefined);
});

test('without a model plain and half-plain answers are taken, the rest asked again, and a person is there for who wants one', async () => {
  const { conversation, says, answers, ended, log } = await open(true);
  assert.match((await conversation.loseModel()) ?? '', /press 1 for yes[\s\S]*chest pain/);
  assert.match((await says('pardon me but the weather')) ?? '', /chest pain/);
  assert.match((await says('well I should think that is a no')) ?? '', /Morning or evening/);
  assert.deepEqual(
    answers().map(({ obtained }) => obtained?.by),
    ['no-model', 'typed-parse'],
  );
  assert.equal(await says('let me talk to a person'), undefined);
  assert.equal(ended[0]?.[0], 'handed-over');
  assert.deepEqual(
    log.entries.flatMap((entry) => payloadOf(entry, 'error') ?? []),
    [{ part: 'llm', code: 'given-up' }],
  );
});
