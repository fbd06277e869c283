import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Item, loadQuestionnaire, type Step } from '@vestibule/questionnaire';
import { readFileSync } from 'node:fs';
import { isWholeTurn, patienceFor } from './end-of-turn.ts';

const file = 'examples/questionnaires/new-patient.yaml';
const { definition } = loadQuestionnaire(readFileSync(file, 'utf8'), file);
const itemOf = (linkId: string): Item => definition!.items.find((item) => item.linkId === linkId)!;

const asked: [string, string, boolean][] = [
  ['caller', 'for myself', true],
  ['caller', 'it is for', false],
  ['full-name', 'Betty', false],
  ['full-name', 'Betty. Green.', true],
  ['birth-date', 'August seventh', false],
  ['birth-date', 'August seventh nineteen forty nine', true],
  ['birth-date', 'August seventh nineteen', false],
  ['birth-date', 'August seventh two thousand and', false],
  ['callback-number', 'five five five', false],
  ['callback-number', 'five five five zero one zero zero one three one', true],
  ['reason', 'I have', false],
  ['reason', 'I have pain in my knee', true],
  ['medicines', 'insulin and', false],
  ['medicines', 'insulin', true],
  ['chest-pain', 'no', true],
  ['chest-pain', 'well', false],
  ['chest-pain', "I don't know", true],
  ['birth-date', 'Sorry, could you repeat that?', true],
];
for (const [linkId, words, whole] of asked) {
  test(`"${words}" is ${whole ? 'a whole' : 'no whole'} answer to ${linkId}`, () => {
    const item = itemOf(linkId);
    const step = { kind: 'ask', linkId } as Step;
    assert.equal(isWholeTurn(words, step, item, '2026-11-25'), whole);
  });
}

const readBacks: [string, boolean][] = [
  ["yes, that's right", true],
  ['no', true],
  ['no it should be five five five zero one', false],
  ['no it should be five five five zero one zero zero one two four', true],
];
for (const [words, whole] of readBacks) {
  test(`"${words}" is ${whole ? 'a whole' : 'no whole'} answer to a read-back`, () => {
    const item = itemOf('callback-number');
    const step = { kind: 'readBack', linkId: item.linkId, prompt: '', value: '' } as Step;
    assert.equal(isWholeTurn(words, step, item, '2026-11-25'), whole);
  });
}

const patience: [string | undefined, string, number][] = [
  ['chest-pain', 'it may be', 1200],
  ['birth-date', 'August seventh', 1800],
  ['callback-number', 'five five five', 1900],
  ['full-name', 'Betty', 1900],
  [undefined, 'it may be', 1200],
  ['chest-pain', 'well', 1800],
];
for (const [linkId, words, ms] of patience) {
  test(`after "${words}" to ${linkId ?? 'a question of ours'} a silence of ${ms} ms ends the turn`, () => {
    assert.equal(patienceFor(words, linkId === undefined ? undefined : itemOf(linkId)), ms);
  });
}
