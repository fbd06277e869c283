import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { responseOf } from '../testing/features/feature.ts';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';

const definition = definitionOf(
  shortForm(`
  - id: drug
    ask: Which medicine?
    type: text
    repeats: true
    items:
      - { id: daily, ask: Do you take it daily?, type: boolean, required: true }
      - { id: hour, ask: At what time?, type: time, when: { item: daily, is: true } }
`),
);

function call(...words: string[]): Conversation {
  const conversation = new Conversation(definition);
  for (const one of words) conversation.say(one);
  return conversation;
}

const answersOf = (conversation: Conversation) =>
  responseOf(conversation).item![0]!.answer!.map(({ valueString, item }) => [
    valueString,
    ...(item ?? []).map(({ answer }) => answer![0]!.valueBoolean ?? answer![0]!.valueTime),
  ]);

describe('items under each answer of a repeating question', () => {
  test('are asked for each, and say of which they speak', () => {
    const conversation = call('iron', 'zinc', "that's all");
    assert.equal(
      conversation.step.kind === 'ask' && conversation.step.prompt,
      'About iron: Do you take it daily?',
    );
    conversation.say('no');
    assert.equal(conversation.at, 'ask daily#2');
    conversation.say('yes');
    assert.equal(conversation.step.kind === 'ask' && conversation.step.prompt, 'About zinc: At what time?');
    conversation.say('9 am');
    assert.deepEqual(answersOf(conversation), [
      ['iron', false],
      ['zinc', true, '09:00:00'],
    ]);
  });

  test('with one answer nothing is said about it', () => {
    const conversation = call('iron', "that's all");
    assert.equal(conversation.step.kind === 'ask' && conversation.step.prompt, 'Do you take it daily?');
  });

  test('one answer corrected takes only its own items along', () => {
    const conversation = call('iron', 'zinc', "that's all", 'no', 'no');
    assert.equal(conversation.at, 'complete');
    conversation.answer('drug#2', 'calcium');
    assert.deepEqual(conversation.happened, ['corrected:drug', 'dropped:daily#2']);
    assert.equal(conversation.at, 'ask daily#2');
    assert.deepEqual(answersOf(call('iron', 'zinc', "that's all", 'no', 'yes', '9 am')).length, 2);
  });

  test('a later answer adds its items, and keeps the others', () => {
    const conversation = call('iron', "that's all", 'no');
    conversation.answer('drug', 'zinc');
    conversation.say("that's all");
    assert.equal(conversation.at, 'ask daily#2');
  });
});
