import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';
import type { Step } from '../types.ts';

const offerOf = (step: Step) => ('offerKeys' in step ? step.offerKeys : undefined);

/** What is offered at the second attempt. */
function offer(item: string): string | undefined {
  const call = new Conversation(definitionOf(shortForm(`  - ${item}`)));
  assert.equal(offerOf(call.step), undefined, 'nothing at the first attempt');
  const again = call.put({ kind: 'unclear' });
  return offerOf(again);
}

describe('keys are offered once a question failed', () => {
  const rows: [item: string, expected: string | undefined][] = [
    ['{ id: a, ask: A?, type: boolean }', 'Say it, or press one for yes, or two for no.'],
    [
      '{ id: a, ask: A?, options: [red, blue, green] }',
      'Say it, or press one for red, two for blue, or three for green.',
    ],
    [
      "{ id: a, ask: A?, options: [{ say: red, key: '5' }, { say: none of those, key: '*' }] }",
      'Say it, or press five for red, or star for none of those.',
    ],
    [
      '{ id: a, ask: A?, options: [{ say: never, score: 0 }, { say: often, score: 1 }] }',
      'Say it, or press zero for never, or one for often.',
    ],
    [`{ id: a, ask: A?, options: [${'abcdefghijk'.split('').join(', ')}] }`, undefined],
    [
      '{ id: a, ask: A?, type: date }',
      'Or key it in: two digits for the month, two for the day, and four for the year.',
    ],
    ['{ id: a, ask: A?, form: phone }', 'Or key in its ten digits.'],
    ['{ id: a, ask: A?, form: name }', undefined],
    ['{ id: a, ask: A?, type: text }', undefined],
  ];
  for (const [item, expected] of rows) test(item, () => assert.equal(offer(item), expected));

  test('from the first time where the questionnaire says so, or never', () => {
    const call = (keypad: string) =>
      new Conversation(definitionOf(shortForm(`  - { id: a, ask: A?, form: phone, keypad: ${keypad} }`)));
    assert.equal(offerOf(call('first').step), 'Or key in its ten digits.');
    const never = call('never');
    assert.deepEqual([offerOf(never.step), offerOf(never.put({ kind: 'unclear' }))], [undefined, undefined]);
  });

  test('at a read-back that was not answered', () => {
    const call = new Conversation(definitionOf(shortForm('  - { id: a, ask: A?, form: phone }')));
    call.say('five five five oh one zero oh one two three');
    assert.equal(offerOf(call.step), undefined);
    const again = call.put({ kind: 'unclear' });
    assert.match(offerOf(again) ?? '', /press one for yes/);
  });
});
