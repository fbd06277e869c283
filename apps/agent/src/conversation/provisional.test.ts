import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definitionOf, openCall, script } from './testing/open-call.ts';

const questions = `
id: three
url: https://vestibule.example/fhir/Questionnaire/three
title: Three questions
version: '1'
items:
  - { id: smoke, ask: Do you smoke?, type: boolean, required: true }
  - { id: count, ask: How many a day?, type: integer, required: true, when: { item: smoke, is: yes } }
  - { id: born, ask: When were you born?, type: date, required: true, readBack: always }
  - { id: dead, ask: Do you wish that you were dead?, type: boolean, required: true, redFlag: { severity: urgent, action: create-case, is: yes, script: A nurse is told. } }
  - { id: why, ask: What brings you here?, type: string, required: true }
  - { id: last, ask: Shall a nurse call you?, type: boolean, required: true }
`;
const definition = definitionOf(questions);
const heard = (text: string, confidence = 1, startMs = 1) => ({
  text,
  startMs,
  endMs: startMs + 1,
  confidence,
});

/** A call in which these questions are answered already. */
async function open(...answers: string[]) {
  const call = await openCall(definition);
  const { conversation, log } = call;
  for (const answer of answers) await call.says(answer);
  return {
    ...call,
    kinds: () => log.entries.map(({ header }) => header.kind),
    /** Interim words are taken for the turn. */
    trails: (text: string, startMs = 1) => {
      assert.ok(conversation.foresee(heard(text, 1, startMs))?.isCertain, text);
      conversation.onProvisional(heard(text, 1, startMs));
      return conversation.turn();
    },
    /** Their final comes. */
    settles: async (text: string, confidence = 0.95, startMs = 1) => {
      if (!conversation.onFinal(heard(text, confidence, startMs))) return 'settled';
      const words = await conversation.turn();
      return `${conversation.takeLead()} ${words ?? '(the model)'}`.trim();
    },
  };
}

describe('what may stand', () => {
  const cases: [answered: string[], words: string, may: boolean][] = [
    [[], 'yes', true],
    [[], 'no I do not', true],
    [[], 'yes and my chest hurts', false],
    [[], 'yes but', false],
    [[], 'can you repeat that', false],
    [['yes'], 'twelve', true],
    // “Twenty two”, “nineteen eighty five”.
    [['yes'], 'twenty', false],
    [['no'], 'march third nineteen', false],
    [['no'], 'march third', false],
    [['no'], 'march third nineteen eighty five', true],
    [['no', 'march third nineteen eighty five'], 'yes', true],
    // It raises a red flag.
    [['no', 'march third nineteen eighty five', 'yes'], 'yes', false],
    [['no', 'march third nineteen eighty five', 'yes'], 'no', true],
    // Free words.
    [['no', 'march third nineteen eighty five', 'yes', 'no'], 'a cough', false],
    // The end.
    [['no', 'march third nineteen eighty five', 'yes', 'no', 'a cough'], 'yes', false],
  ];
  for (const [answered, words, may] of cases)
    test(`${may ? '' : 'not '}“${words}” after ${answered.length} answers`, async () => {
      const { conversation } = await open(...answered);
      assert.equal(conversation.foresee(heard(words))?.isCertain ?? false, may, conversation.question);
    });

  test('not beside other words of the same turn, nor before consent', async () => {
    const { conversation } = await open();
    conversation.onFinal(heard('well'));
    assert.equal(conversation.foresee(heard('yes')), undefined);
    const early = await openCall(definition, { before: { inputs: [], turns: [], redFlags: [], done: [] } });
    assert.equal(early.conversation.question, script.consentQuestion);
    assert.equal(early.conversation.foresee(heard('yes')), undefined);
  });
});

describe('the final', () => {
  test('says the same: nothing more happens', async () => {
    const { trails, settles, entries, kinds, conversation } = await open();
    assert.equal(await trails('yes'), 'How many a day?');
    assert.equal(await settles('Yes.'), 'settled');
    assert.equal(conversation.question, 'How many a day?');
    assert.equal(kinds().includes('withdrawn'), false);
    const [answer] = entries('answer');
    assert.deepEqual(answer?.obtained, { by: 'typed-parse', value: 'stated', provisional: true });
    assert.deepEqual(answer?.evidence, { piiWords: 'yes', startMs: 1, endMs: 2 });
  });

  test('says something else: the answer is taken back, the caller told, and what hung on it is gone', async () => {
    const { trails, settles, intake, kinds, state } = await open();
    await trails('yes');
    assert.equal(await settles('No.'), `${script.misheard} I have: No. When were you born?`);
    assert.deepEqual(Object.keys(intake.state.items), ['smoke']);
    assert.deepEqual(kinds().slice(-4), ['answer', 'turn', 'withdrawn', 'answer']);
    // A worker that takes over has the same state.
    const next = await openCall(definition, { before: state() });
    assert.deepEqual(next.intake.state, intake.state);
  });

  test('goes on: the whole is a turn of its own, without an apology', async () => {
    const { trails, settles, conversation } = await open();
    await trails('yes');
    assert.equal(await settles('Yes, and I cannot sleep.'), '(the model)');
    assert.equal(conversation.question, 'Do you smoke?');
    const reply = await conversation.actions.recordAnswer('smoke', 'yes');
    assert.equal(reply.say_next, 'How many a day?');
  });

  test('is not sure: it is the model’s, as any final that is not', async () => {
    const { trails, settles, conversation } = await open('yes');
    await trails('twelve');
    assert.equal(await settles('twelve', 0.5), '(the model)');
    assert.equal(conversation.question, 'How many a day?');
  });

  test('is lost: the answer counts, and later words are an answer of their own', async () => {
    const { trails, settles, intake, kinds } = await open();
    await trails('yes');
    assert.equal(await trails('twelve', 2), 'When were you born?');
    assert.equal(await settles('Yes.', 0.95, 2), `${script.misheard} (the model)`);
    const again = await open();
    await again.trails('yes');
    assert.equal(await again.settles('Twelve.', 0.95, 2), 'When were you born?');
    assert.deepEqual(Object.keys(again.intake.state.items), ['smoke', 'count']);
    assert.equal(again.kinds().includes('withdrawn'), false);
    assert.deepEqual([Object.keys(intake.state.items), kinds().includes('withdrawn')], [['smoke'], true]);
  });

  test('comes before the turn: it is the turn', async () => {
    const { conversation, kinds } = await open();
    conversation.onProvisional(heard('yes'));
    assert.equal(conversation.onFinal(heard('No.')), true);
    assert.equal(await conversation.turn(), 'When were you born?');
    assert.deepEqual([kinds().includes('withdrawn'), conversation.takeLead()], [false, '']);
  });

  test('takes back one of two read-backs, and not what was answered before', async () => {
    const { trails, settles, intake } = await open('no');
    assert.match((await trails('march third nineteen eighty five')) ?? '', /March/);
    assert.equal(await settles('March 3rd, 1985.'), 'settled');
    await trails('yes');
    const words = await settles('No.');
    assert.match(words, new RegExp(`^${script.misheard} .*When were you born`));
    assert.deepEqual(Object.keys(intake.state.items), ['smoke']);
  });
});

test('what was keyed between interim words and their final stays', async () => {
  const { trails, settles, conversation, intake } = await open();
  await trails('yes');
  await conversation.keyed({ keys: '20', startMs: 3, endMs: 4 });
  assert.equal(await settles('Yes.'), 'settled');
  assert.deepEqual(Object.keys(intake.state.items), ['smoke', 'count']);
});
