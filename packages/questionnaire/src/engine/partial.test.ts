import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';

const definition = definitionOf(
  shortForm('  - { id: a, ask: What is wrong?, type: text }', 'redFlags: [{ use: chest-pain }]'),
);
const firedBy = (put: (call: Conversation) => void): boolean => {
  const call = new Conversation(definition);
  put(call);
  return call.events.some(({ kind }) => kind === 'redFlag');
};

describe('red flags on words that may go on', () => {
  const past = 'I had chest pain';
  test('of a partial transcript, what may still turn out to be past waits', () => {
    assert.equal(
      firedBy((call) => call.put({ kind: 'heard', words: past, partial: true })),
      false,
    );
    assert.equal(
      firedBy((call) => call.put({ kind: 'heard', words: past })),
      true,
    );
  });

  test('so it does in a provisional answer', () => {
    const answer = { kind: 'answer', linkId: 'a', value: past, words: past } as const;
    assert.equal(
      firedBy((call) => call.put({ ...answer, evidence: { partial: true } })),
      false,
    );
    assert.equal(
      firedBy((call) => call.put(answer)),
      true,
    );
  });

  test('what is told in the present fires at once, also within a free answer', () => {
    const words = 'my chest hurts';
    assert.equal(
      firedBy((call) => call.put({ kind: 'heard', words, partial: true })),
      true,
    );
    assert.equal(
      firedBy((call) => call.answer('a', `well ${words} and I need a refill`)),
      true,
    );
  });
});
