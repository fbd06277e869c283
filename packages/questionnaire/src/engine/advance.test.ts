import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, example, shortForm } from '../testing/intake.ts';
import { currentStep } from './steps.ts';

const newPatient = example('new-patient.yaml');
const branch = definitionOf(
  shortForm(`
  - { id: pets, ask: Do you have pets?, type: boolean, required: true }
  - { id: kind, ask: A dog or a cat?, options: [dog, cat], required: true, when: { item: pets, is: yes } }
  - { id: name, ask: What is it called?, type: string, when: { item: kind, is: dog } }
  - { id: age, ask: How old are you?, type: integer, required: true, validate: { min: 0, max: 120 } }
`),
);

describe('order', () => {
  test('asks in order, leaves out what does not apply, and completes', () => {
    const call = new Conversation(branch);
    assert.equal(call.at, 'ask pets');
    call.say('no');
    assert.equal(call.at, 'ask age');
    call.say('forty two');
    assert.equal(call.at, 'complete');
    assert.deepEqual(call.happened, ['answered:age', 'completed']);
  });

  test('an answer for a later item is taken, and that item is not asked again', () => {
    const call = new Conversation(branch);
    call.answer('age', 'forty two');
    assert.equal(call.at, 'ask pets');
    call.say('no');
    assert.equal(call.at, 'complete');
  });

  test('an answer for an item that does not apply yet is held until it does', () => {
    const call = new Conversation(branch);
    call.answer('kind', 'a cat');
    assert.deepEqual(call.happened, ['held:kind']);
    assert.equal(call.at, 'ask pets');
    call.say('yes');
    assert.equal(call.at, 'ask age');
  });

  test('the step depends on the state alone', () => {
    const call = new Conversation(branch);
    call.say('yes');
    call.say('what');
    assert.deepEqual(
      currentStep(branch, JSON.parse(JSON.stringify(call.state)) as typeof call.state),
      call.step,
    );
  });
});

describe('corrections', () => {
  test('what depended on a corrected answer is dropped, and asked again when it still applies', () => {
    const call = new Conversation(branch);
    for (const words of ['yes', 'a dog', 'rex']) call.say(words);
    call.answer('kind', 'cat');
    assert.deepEqual(call.happened, ['corrected:kind', 'dropped:name']);
    assert.equal(call.at, 'ask age');
    call.answer('kind', 'dog');
    assert.equal(call.at, 'ask name');
    assert.equal(call.step.kind === 'ask' && call.step.why, 'corrected');
  });

  test('dependants of dependants are dropped too', () => {
    const call = new Conversation(branch);
    for (const words of ['yes', 'a dog', 'rex', 'forty two']) call.say(words);
    assert.equal(call.at, 'complete');
    call.answer('pets', false);
    assert.deepEqual(call.happened, ['corrected:pets', 'dropped:kind', 'dropped:name']);
    assert.equal(call.at, 'complete');
    call.answer('pets', true);
    assert.equal(call.at, 'ask kind');
  });

  test('the same answer again changes nothing', () => {
    const call = new Conversation(branch);
    for (const words of ['yes', 'a dog', 'rex']) call.say(words);
    call.answer('pets', 'yes');
    assert.deepEqual(call.happened, ['answered:pets']);
    assert.equal(call.at, 'ask age');
  });
});

describe('no answer', () => {
  test('declined and unknown settle a required item, and are kept apart', () => {
    const call = new Conversation(branch);
    call.put({ kind: 'decline', linkId: 'pets' });
    call.put({ kind: 'unknown', linkId: 'age' });
    assert.equal(call.at, 'complete');
    assert.deepEqual(
      [call.state.items['pets']?.status, call.state.items['age']?.status],
      ['declined', 'unknown'],
    );
  });

  test('words that decline or do not know are heard as such', () => {
    const call = new Conversation(branch);
    call.say("i'd rather not say");
    assert.deepEqual(call.happened, ['declined:pets']);
    call.say("I don't remember.");
    assert.deepEqual(call.happened, ['unknown:age', 'completed']);
  });

  for (const type of ['decimal', 'string', 'date', 'quantity', 'text']) {
    const known = definitionOf(
      shortForm(`  - { id: what, ask: Do you know your number?, type: ${type}, required: true }`),
    );
    for (const words of ["No, I don't.", 'no', "I don't", "I don't know my number", 'not really']) {
      test(`"${words}" to "Do you know …?" for a ${type} is unknown`, () => {
        const call = new Conversation(known);
        call.say(words);
        assert.deepEqual(call.happened, ['unknown:what', 'completed']);
      });
    }
    test(`"yes I do" to it is asked what it is, ${type}`, () => {
      const call = new Conversation(known);
      call.say('yes I do');
      assert.equal(call.step.kind === 'ask' && call.step.problem, 'What is it, then?');
    });
  }

  test('a declined answer may still be given', () => {
    const call = new Conversation(branch);
    call.put({ kind: 'decline', linkId: 'age' });
    call.answer('age', 'fifty');
    assert.equal(call.state.items['age']?.status, 'answered');
  });
});

describe('retries', () => {
  test('the wording changes, then a required item is handed over', () => {
    const call = new Conversation(newPatient);
    const prompts = [call.step.kind === 'ask' && call.step.prompt];
    for (let failures = 1; failures < newPatient.attempts; failures++) {
      call.put({ kind: 'unclear' });
      assert.ok(call.step.kind === 'ask' && call.step.why === 'retry' && call.step.attempt === failures + 1);
      prompts.push(call.step.prompt);
    }
    assert.equal(new Set(prompts).size, newPatient.attempts);
    call.put({ kind: 'unclear' });
    assert.deepEqual(call.step, { kind: 'handOver', reason: 'no-usable-answer', linkId: 'caller' });
    assert.deepEqual(call.happened, ['handedOver:caller']);
  });

  test('an optional item is skipped instead', () => {
    const call = new Conversation(branch);
    for (const words of ['yes', 'a dog', 'um', 'what', 'can you repeat that']) call.say(words);
    assert.equal(call.state.items['name']?.status, 'skipped');
    assert.equal(call.at, 'ask age');
  });

  test('an invalid answer is named before the question is put again', () => {
    const call = new Conversation(branch);
    call.say('no');
    call.say('four hundred');
    assert.deepEqual(call.happened, ['invalid:age']);
    assert.ok(call.step.kind === 'ask' && call.step.why === 'invalid');
    assert.equal(call.step.problem, 'It has to be 120 or less.');
  });

  test('a late answer takes the hand-over back', () => {
    const call = new Conversation(branch);
    for (let attempt = 0; attempt < 3; attempt++) call.put({ kind: 'unclear' });
    assert.equal(call.at, 'handOver pets');
    call.answer('pets', 'no');
    assert.equal(call.at, 'ask age');
  });

  test('a volunteered answer that is invalid does not count against the question that stands', () => {
    const call = new Conversation(branch);
    call.answer('age', 'four hundred');
    assert.deepEqual(call.happened, ['invalid:age']);
    assert.ok(call.step.kind === 'ask' && call.step.linkId === 'pets' && call.step.attempt === 1);
  });

  test('unknown items and groups are refused', () => {
    const call = new Conversation(branch);
    call.answer('shoe-size', '12');
    assert.deepEqual(call.events, [
      {
        kind: 'invalid',
        linkId: 'shoe-size',
        code: 'unknown-item',
        problem: 'There is no item "shoe-size".',
      },
    ]);
    assert.equal(call.at, 'ask pets');
  });
});

describe('a birth date', () => {
  const atBirthDate = () => {
    const call = new Conversation(newPatient);
    for (const words of ['myself', 'john smith', 'yes']) call.say(words);
    assert.equal(call.at, 'ask birth-date');
    return call;
  };
  const rows: [words: string, problem: string][] = [
    ['march third twenty thirty', 'That date is in the future.'],
    ['march third eighteen eighty five', 'That date is more than 120 years ago.'],
    ['march third', 'I still need the year.'],
    ['february thirtieth nineteen eighty five', 'That day does not exist in the calendar.'],
  ];
  for (const [words, problem] of rows) {
    test(`${words}: ${problem}`, () => {
      const call = atBirthDate();
      call.say(words);
      assert.equal(call.step.kind === 'ask' && call.step.problem, problem);
    });
  }
});

describe('initial values', () => {
  test('are offered to the caller to confirm; hidden ones are taken as they are', () => {
    const call = new Conversation(
      definitionOf(shortForm('  - { id: city, ask: Which city?, type: string, initial: Springfield }')),
    );
    assert.equal(call.at, 'readBack city');
    call.say('yes');
    assert.equal(call.at, 'complete');
  });
});

describe('display and group texts', () => {
  test('are said once, before the next question', () => {
    const call = new Conversation(example('phq-2.json'));
    assert.ok(call.step.kind === 'ask');
    assert.match(
      call.step.prompt,
      /^Over the last 2 weeks, .* Little interest or pleasure in doing things\./,
    );
    assert.match(
      call.step.prompt,
      /You can say Not at all, Several days, More than half the days, or Nearly every day\.$/,
    );
    call.say('several days');
    assert.ok(call.step.kind === 'ask');
    assert.match(call.step.prompt, /^Feeling down, depressed, or hopeless\./);
    call.say('the last one');
    assert.equal(call.at, 'complete');
  });
});
