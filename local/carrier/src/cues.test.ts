import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchThreshold, rankCues } from './cues.ts';

const candidates = [
  { item: 'caller', cues: ['Are you calling for yourself or for someone else?'] },
  { item: 'name', cues: ["What is the patient's full name?"] },
  { item: 'birth-date', cues: ["What is the patient's date of birth?"] },
  { item: 'phone', cues: ['What is the best phone number to call you back?'] },
  { item: 'reason', cues: ['What is the main reason for your visit?'] },
  { item: 'chest-pain', cues: ['Are you having chest pain or trouble breathing right now?'] },
  { item: 'takes-medicines', cues: ['Are you taking any medicines?'] },
  { item: 'which-medicines', cues: ['Which medicines do you take?'] },
  { item: 'allergies', cues: ['Do you have any allergies?'] },
  { item: 'preferred-time', cues: ['Would you prefer a morning or an afternoon appointment?'] },
];

const best = (heard: string) => {
  const [top] = rankCues(heard, candidates);
  return top && top.score >= matchThreshold ? top.item : undefined;
};

for (const { item, cues } of candidates) {
  test(`${item} is recognised by its own prompt`, () => assert.equal(best(cues[0]!), item));
}

const misheard: [heard: string, item: string | undefined][] = [
  ['one of the patient full name', 'name'],
  ['let it air date of birth', 'birth-date'],
  ['why did that number to call you back', 'phone'],
  ['why did the main reasons for your bed', 'reason'],
  ['are you having any attempt to pay more trouble breathing', 'chest-pain'],
  ['do you prefer him on the line afternoon the placement', 'preferred-time'],
  ['did you have any allergies', 'allergies'],
  ['thank you very much', undefined],
  ['if this is an emergency please hang up', undefined],
];
for (const [heard, item] of misheard) {
  test(`"${heard}" is taken for ${item ?? 'nothing'}`, () => assert.equal(best(heard), item));
}

test('a word in many cues says less than a word in one', () => {
  const ranked = rankCues('the patient allergies', candidates);
  assert.equal(ranked[0]?.item, 'allergies');
});
