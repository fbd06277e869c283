import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeForModel } from '../engine/describe.ts';
import { Conversation, definitionOf, shortForm } from '../testing/intake.ts';
import { parseAnswer } from './parse-answer.ts';

const drugs = definitionOf(
  shortForm(
    '  - { id: drug, ask: Which one?, type: choice, options: [penicillin, sulfa, latex, { say: metformin, also: [glucophage] }, lisinopril, morning] }',
  ),
);
const { items } = drugs;

describe('what an option sounds like', () => {
  const rows: [said: string, option: string | undefined][] = [
    ['sofa', 'sulfa'],
    ['listen a prill', 'lisinopril'],
    ['it was met foreman', 'metformin'],
    ['pencil in', 'penicillin'],
    ['glue coh fage', 'metformin'],
    ['mourning', 'morning'],
    ['no sofa', undefined],
    ['later', undefined],
    ['so', undefined],
    ['aspirin', undefined],
    ['it is a long story', undefined],
  ];
  for (const [said, option] of rows)
    test(`"${said}" is ${option ?? 'none of them'}`, () => {
      const parsed = parseAnswer(items[0]!, said, { today: '2026-11-28' });
      assert.equal(parsed.ok ? parsed.display : undefined, option);
      if (parsed.ok) assert.deepEqual([parsed.covered, parsed.bySound], [false, true]);
    });
});

test('what was taken by its sound is read back, though the item never is, and also when a model names the option', () => {
  for (const value of ['sofa', 'sulfa']) {
    const call = new Conversation(drugs);
    const step = call.put({ kind: 'answer', linkId: 'drug', value, words: 'sofa' });
    assert.equal(step.kind, 'readBack', value);
  }
  const plain = new Conversation(drugs);
  assert.equal(
    plain.put({ kind: 'answer', linkId: 'drug', value: 'sulfa', words: 'sulfa' }).kind,
    'complete',
  );
});

test('a model is told what may have been misheard, without the options', () => {
  const asked = (item: string) => {
    const definition = definitionOf(shortForm(`  - ${item}`));
    return describeForModel(definition, new Conversation(definition).state);
  };
  assert.match(
    asked('{ id: a, ask: A?, type: text, hints: { words: [metformin, lisinopril] } }'),
    /May have been misheard for: metformin, lisinopril$/m,
  );
  assert.doesNotMatch(asked('{ id: a, ask: A?, options: [red, blue] }'), /misheard/);
});
