import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, example, shortForm } from '../testing/intake.ts';
import { redFlagsIn } from './match.ts';
import { phraseProblem } from './phrase-pattern.ts';

const definition = example('new-patient.yaml');
const fires = (words: string) => redFlagsIn(definition, words).map(({ id }) => id);

describe('phrase rules', () => {
  const firing = [
    'i have chest pain',
    'I have chest pains.',
    'my chest hurts',
    'yes and my chest hurts',
    'no my chest hurts',
    'my chest really hurts',
    'my chest is so tight',
    'there is pressure in my chest',
    'pain in the chest',
    'i have trouble breathing',
    'he has difficulty breathing',
    "I can't breathe",
    'i cannot breathe',
    'i can not breathe',
    'she can hardly breathe',
    "my daughter can't really breathe",
    'i am short of breath',
    'shortness of breath',
    "it's hard to breathe",
    "i don't have a fever but my chest hurts",
    "i don't have a fever and i have chest pain",
    'no fever. chest pain, yes.',
    'not now i have chest pain',
    'no doubt it is chest pain',
    "i'm not sure my chest hurts",
    'i have a cough and chest pain',
    'my heart is hurting',
  ];
  for (const words of firing) {
    test(`"${words}" fires`, () => {
      assert.deepEqual(fires(words), ['chest-pain']);
    });
  }

  const silent = [
    'no chest pain',
    'No, no chest pain.',
    "i don't have chest pain",
    'I do not have any chest pain',
    "i don't have any chest pain or trouble breathing",
    'no trouble breathing',
    'no chest pain no trouble breathing',
    'no fever cough or chest pain',
    'never had chest pain',
    'without chest pain',
    'neither chest pain nor trouble breathing',
    "i don't think my chest hurts",
    'she denies chest pain',
    "it's not chest pain",
    'no shortness of breath',
    'i have a chest of drawers',
    'i hurt my knee',
    'i want to catch my breath',
    '',
    'yes',
  ];
  for (const words of silent) {
    test(`"${words}" does not`, () => {
      assert.deepEqual(fires(words), []);
    });
  }

  test('a partial transcript fires as soon as the words are there', () => {
    const partials = ['no', 'no my', 'no my chest', 'no my chest hurts', 'no my chest hurts a lot'];
    assert.deepEqual(
      partials.map((words) => fires(words).length),
      [0, 0, 0, 1, 1],
    );
  });

  test('tells what fired, and the phrase', () => {
    const [flag] = redFlagsIn(definition, 'my chest hurts');
    assert.equal(flag?.severity, 'urgent');
    assert.equal(flag?.action, 'create-case');
    assert.equal(flag?.linkId, 'chest-pain');
    assert.match(flag?.script ?? '', /hang up and dial nine one one/);
    assert.match(flag?.phrase ?? '', /chest/);
  });
});

describe('rules on answers', () => {
  test('fire once, also when a phrase fired before', () => {
    const call = new Conversation(definition);
    call.put({ kind: 'heard', words: 'my chest hurts' });
    assert.deepEqual(call.happened, ['redFlag:chest-pain']);
    assert.equal(call.at, 'ask caller');
    call.answer('chest-pain', true);
    assert.deepEqual(call.happened, ['answered:chest-pain']);
  });

  test('fire on the answer alone', () => {
    const call = new Conversation(definition);
    call.answer('chest-pain', true, 'yes');
    assert.deepEqual(call.happened, ['answered:chest-pain', 'redFlag:chest-pain']);
    const other = new Conversation(definition);
    other.answer('chest-pain', false, 'no');
    assert.deepEqual(other.happened, ['answered:chest-pain']);
  });

  test('several conditions, and a hand-over', () => {
    const call = new Conversation(
      definitionOf(
        shortForm(
          `  - { id: fever, ask: A fever?, type: boolean }\n  - { id: degrees, ask: How high?, type: decimal }`,
          `redFlags:
  - id: high-fever
    severity: emergency
    action: hand-over
    script: I will get a nurse.
    when: { all: [{ item: fever, is: yes }, { item: degrees, atLeast: 104 }] }`,
        ),
      ),
    );
    call.answer('degrees', 105);
    assert.deepEqual(call.happened, ['answered:degrees']);
    call.answer('fever', true);
    assert.deepEqual(
      call.happened,
      ['answered:fever', 'redFlag', 'handedOver'].map((e) => (e === 'redFlag' ? 'redFlag' : e)),
    );
    assert.deepEqual(call.step, { kind: 'handOver', reason: 'red-flag' });
  });
});

describe('phrases as written', () => {
  const rows: [string, string | undefined][] = [
    ['chest pain', undefined],
    ['(chest|heart) … (pain|hurts)', undefined],
    ['(chest pain', 'brackets do not pair'],
    ['chest) pain', 'brackets do not pair'],
    ['chest|heart', 'alternatives stand in brackets: (a|b)'],
    ['… chest', 'begins and ends with a word'],
    ['', 'begins and ends with a word'],
    ['(a|)', 'an empty alternative'],
  ];
  for (const [phrase, problem] of rows) {
    test(`"${phrase}": ${problem ?? 'fine'}`, () => {
      assert.equal(phraseProblem(phrase), problem);
    });
  }
});
