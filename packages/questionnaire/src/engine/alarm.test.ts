import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';

const intake = (severity: string, more = 'required: true') =>
  definitionOf(
    shortForm(`
  - id: pain
    ask: Do you have chest pain or pressure?
    type: boolean
    ${more}
    redFlag: { severity: ${severity}, is: yes, script: Thank you for telling me. }
  - id: breathing
    ask: Can you breathe normally?
    type: boolean
    redFlag: { severity: ${severity}, is: no, script: Thank you for telling me. }
  - { id: pets, ask: Do you have pets?, type: boolean, required: true }
`),
  );

describe('a question on which an alarm hangs', () => {
  const rows: [words: string, outcome: string][] = [
    ['Yes, sometimes.', 'fires'],
    ['a little', 'fires'],
    ['just a little bit', 'fires'],
    ['yes but only at night', 'fires'],
    ['I do have some pain', 'fires'],
    ['i guess so', 'fires'],
    ['on and off', 'fires'],
    ['no', 'taken'],
    ['absolutely not', 'taken'],
    ['of course not', 'taken'],
    ['not that i know of', 'taken'],
    ['not really', 'taken'],
    ['not any more', 'taken'],
    ['no my knee hurts', 'taken'],
    ['maybe', 'again'],
    ['it depends', 'again'],
    ['I am not sure.', 'again'],
    ["I don't know", 'again'],
    ['no, but a little pressure', 'again'],
    ['no only at night', 'again'],
    ['no more than usual', 'again'],
  ];
  for (const [words, outcome] of rows) {
    test(`${words}: ${outcome}`, () => {
      const call = new Conversation(intake('urgent'));
      call.say(words);
      const fires = call.events.some((event) => event.kind === 'redFlag');
      assert.equal(fires ? 'fires' : call.at === 'ask pain' ? 'again' : 'taken', outcome);
    });
  }

  test("the model's no for the caller's yes is not taken", () => {
    const call = new Conversation(intake('urgent'));
    call.answer('pain', false, 'a little');
    assert.deepEqual(call.happened, ['invalid:pain']);
    assert.equal(call.at, 'ask pain');
  });

  test('where no raises it, a half yes is not taken, and a no fires', () => {
    const call = new Conversation(intake('urgent'));
    call.say('no');
    call.say('yes, but only sitting up');
    assert.equal(call.at, 'ask breathing');
    call.say('not really');
    assert.deepEqual(call.happened, ['answered:breathing', 'redFlag:breathing']);
  });

  for (const more of ['required: true', 'required: false']) {
    for (const words of ['maybe', "i don't know", 'um']) {
      test(`"${words}" three times is handed over as a red flag, ${more}`, () => {
        const call = new Conversation(intake('emergency', more));
        for (let attempt = 0; attempt < 3; attempt++) call.say(words);
        assert.deepEqual(call.step, { kind: 'handOver', reason: 'red-flag', linkId: 'pain' });
      });
    }
  }

  test('silence is handed over as a red flag', () => {
    const call = new Conversation(intake('urgent'));
    for (let attempt = 0; attempt < 3; attempt++) call.put({ kind: 'unclear' });
    assert.deepEqual(call.step, { kind: 'handOver', reason: 'red-flag', linkId: 'pain' });
  });

  test('a late clear no takes that hand-over back', () => {
    const call = new Conversation(intake('urgent'));
    for (let attempt = 0; attempt < 3; attempt++) call.put({ kind: 'unclear' });
    call.answer('pain', 'no');
    assert.equal(call.at, 'ask breathing');
  });

  test('a hand-over by a rule that fired is not taken back', () => {
    const call = new Conversation(
      definitionOf(
        shortForm(
          '  - { id: pain, ask: Pain?, type: boolean, redFlag: { severity: urgent, action: hand-over, script: Hold on. } }',
        ),
      ),
    );
    call.say('yes');
    call.answer('pain', 'no');
    assert.deepEqual(call.step, { kind: 'handOver', reason: 'red-flag', linkId: 'pain' });
  });

  test('a refusal is kept as one', () => {
    const call = new Conversation(intake('urgent'));
    call.say("i'd rather not say");
    assert.deepEqual(call.happened, ['declined:pain']);
  });
});

describe('a concern', () => {
  test('is no alarm: not knowing settles it, and no answer is handed over as any other', () => {
    const call = new Conversation(intake('concern'));
    call.say("i don't know");
    assert.deepEqual(call.happened, ['unknown:pain']);
    const other = new Conversation(intake('concern'));
    for (let attempt = 0; attempt < 3; attempt++) other.say('maybe');
    assert.deepEqual(other.step, { kind: 'handOver', reason: 'no-usable-answer', linkId: 'pain' });
  });
});
