import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation, example } from '../testing/intake.ts';
import { questionnaireResponse } from './response.ts';

/** The examples that have scores, answered in words. */

const said = ['not at all', 'several days', 'more than half the days', 'nearly every day'];

function total(name: string, link: string, scores: readonly number[]) {
  const call = new Conversation(example(name));
  for (const score of scores) call.say(said[score]!);
  const response = questionnaireResponse(call.definition, call.state, { authored: '2026-11-23T10:00:00Z' });
  const found = response.item?.find(({ linkId }) => linkId === link)?.answer?.[0]?.valueInteger;
  return { call, found };
}

for (const [name, link, scores, sum] of [
  ['phq-9.json', '/44261-6', [1, 2, 0, 3, 1, 0, 2, 1, 0], 10],
  ['gad-7.json', '/70274-6', [3, 3, 2, 1, 0, 1, 2], 12],
  ['gad-7.json', '/70274-6', [0, 0, 0, 0, 0, 0, 0], 0],
] as const)
  test(`${name}: ${scores.join(' ')} is ${sum}`, () => {
    const { call, found } = total(name, link, scores);
    assert.equal(call.step.kind, 'complete');
    assert.equal(found, sum);
    assert.deepEqual(call.state.flagged, []);
  });

test('PHQ-9: anything above "not at all" to the ninth item is a red flag, and the call goes to a person', () => {
  const { call, found } = total('phq-9.json', '/44261-6', [0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(call.state.flagged, ['self-harm']);
  assert.equal(found, 1);
});
