import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, example, shortForm } from '../testing/intake.ts';

const newPatient = example('new-patient.yaml');

function atReadBackOf(linkId: string, words: string): Conversation {
  const call = new Conversation(newPatient);
  call.answer(linkId, words);
  assert.equal(call.at, `readBack ${linkId}`);
  return call;
}

describe('read-back', () => {
  const spoken: [linkId: string, words: string, prompt: string][] = [
    ['birth-date', '3/3/1985', 'I have March third, nineteen eighty five. Is that right?'],
    ['birth-date', '1/22/2005', 'I have January twenty second, two thousand five. Is that right?'],
    ['birth-date', '11/30/1908', 'I have November thirtieth, nineteen oh eight. Is that right?'],
    ['birth-date', '12/12/2021', 'I have December twelfth, twenty twenty one. Is that right?'],
    ['birth-date', '7/4/2000', 'I have July fourth, two thousand. Is that right?'],
    [
      'callback-number',
      '555-010-0123',
      'I have the number as five five five, zero one zero, zero one two three. Is that right?',
    ],
    ['full-name', 'john smith', 'I have John Smith. J, O, H, N. S, M, I, T, H. Is that right?'],
  ];
  for (const [linkId, words, prompt] of spoken) {
    test(prompt, () => {
      const { step } = atReadBackOf(linkId, words);
      assert.equal(step.kind === 'readBack' && step.prompt, prompt);
    });
  }

  test('a yes confirms', () => {
    const call = atReadBackOf('birth-date', '3/3/1985');
    call.say('Yes, that is correct.');
    assert.deepEqual(call.happened, ['confirmed:birth-date']);
    assert.equal(call.at, 'ask caller');
  });

  test('a bare no drops the value and asks again in other words', () => {
    const call = atReadBackOf('birth-date', '3/3/1985');
    call.say('no');
    assert.deepEqual(call.happened, ['rejected:birth-date']);
    assert.equal(call.state.items['birth-date'], undefined);
  });

  const corrections: [linkId: string, first: string, words: string, value: string][] = [
    ['birth-date', '3/3/1985', 'no march fourth nineteen eighty five', '1985-03-04'],
    ['birth-date', '3/3/1985', "no it's the fourth", '1985-03-04'],
    ['birth-date', '3/3/1985', 'no, April 3rd.', '1985-04-03'],
    ['birth-date', '3/3/1985', 'no nineteen eighty six', '1986-03-03'],
    ['birth-date', '3/3/1985', 'no i said may third', '1985-05-03'],
    ['callback-number', '5550100123', 'no five five five oh one zero oh one two four', '+15550100124'],
    ['full-name', 'john smith', "no it's jon smyth", 'Jon Smyth'],
    ['full-name', 'john smith', 'No, John Smyth, S-M-Y-T-H.', 'John Smyth'],
  ];
  for (const [linkId, first, words, value] of corrections) {
    test(`"${words}" brings the new value along, which is read back again`, () => {
      const call = atReadBackOf(linkId, first);
      call.say(words);
      assert.ok(call.step.kind === 'readBack', JSON.stringify(call.step));
      assert.equal(call.step.value, value);
    });
  }

  test('a no with a value that breaks the rules says so', () => {
    const call = atReadBackOf('birth-date', '3/3/1985');
    call.say('no march third twenty thirty');
    assert.deepEqual(call.happened, ['rejected:birth-date', 'invalid:birth-date']);
  });

  test('a yes with an aside does not change a name', () => {
    const call = atReadBackOf('full-name', 'john smith');
    call.say('yes my pleasure');
    assert.equal(call.at, 'ask caller');
  });

  test('the value said again counts as a yes', () => {
    const call = atReadBackOf('birth-date', '3/3/1985');
    call.answer('birth-date', 'march third nineteen eighty five');
    assert.equal(call.at, 'ask caller');
  });

  test('another answer is taken meanwhile, and the read-back is still owed', () => {
    const call = atReadBackOf('birth-date', '3/3/1985');
    call.answer('caller', 'myself');
    assert.equal(call.at, 'readBack birth-date');
  });

  test('denied too often, a required item is handed over', () => {
    const call = new Conversation(newPatient);
    for (let attempt = 0; attempt < newPatient.attempts; attempt++) {
      call.answer('birth-date', '3/3/1985');
      call.say('no');
    }
    assert.equal(call.at, 'handOver birth-date');
  });

  test('a yes recorded as the answer confirms; a no rejects', () => {
    const call = atReadBackOf('birth-date', '3/3/1985');
    call.answer('birth-date', 'yes');
    assert.deepEqual(call.happened, ['confirmed:birth-date']);
    const other = atReadBackOf('birth-date', '3/3/1985');
    other.answer('birth-date', 'no', 'no');
    assert.deepEqual(other.happened, ['rejected:birth-date']);
  });

  test('a confirmation of a yes-or-no question answers it', () => {
    const call = new Conversation(definitionOf(shortForm('  - { id: pets, ask: Pets?, type: boolean }')));
    call.put({ kind: 'confirm', yes: true, words: 'yes' });
    assert.deepEqual(call.happened, ['answered:pets', 'completed']);
  });

  test('confirming when nothing is read back is refused', () => {
    const call = new Conversation(newPatient);
    call.put({ kind: 'confirm', yes: true, words: 'yes' });
    assert.deepEqual(call.happened, ['invalid:caller']);
  });
});

describe('read-back on doubt', () => {
  const definition = definitionOf(
    shortForm('  - { id: onset, ask: When did it begin?, type: date, readBack: on-doubt }'),
  );
  const rows: [why: string, value: string, words: string, confidence: number | undefined, at: string][] = [
    ['clear words', '2026-11-20', 'three days ago', 0.99, 'complete'],
    ['no confidence known', '2026-11-20', 'three days ago', undefined, 'complete'],
    ['low confidence', '2026-11-20', 'three days ago', 0.4, 'readBack onset'],
    ['the words say another date', '2026-11-19', 'three days ago', 0.99, 'readBack onset'],
    ['the words say more than the date', '2026-11-20', 'three days ago or before', 0.99, 'readBack onset'],
    ['the words hold no date', '2026-11-20', 'the day of the game', 0.99, 'readBack onset'],
  ];
  for (const [why, value, words, confidence, at] of rows) {
    test(`${why}: ${at}`, () => {
      const call = new Conversation(definition);
      const evidence = confidence === undefined ? {} : { evidence: { confidence } };
      call.put({ kind: 'answer', linkId: 'onset', value, words, ...evidence });
      assert.equal(call.at, at);
    });
  }
});
