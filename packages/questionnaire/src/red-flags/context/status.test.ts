import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mentionOf } from '../testing/mention.ts';
import { type Status, statusOf } from './status.ts';

const pain = '(chest|back) (pain|pains)';
const tables: Record<Status, [said: string, phrase: string][]> = {
  affirmed: [
    ['chest pain', pain],
    ['no fever but chest pain', pain],
    ['no, chest pain', pain],
    ['no doubt it is chest pain', pain],
    ['i am not feeling well, chest pain since noon', pain],
    ["i can't stop this chest pain", pain],
    ["i don't know why i have chest pain", pain],
    ['no chest pain, well, actually a little when I walk', pain],
    ['no chest pain before, but I had one this morning', pain],
    ['never had chest pain like this', pain],
    ['my father had a heart attack and now I have chest pain', pain],
    ['I had surgery last year, and I have chest pain', pain],
    ['it started two weeks ago, the chest pain', pain],
    ['I had chest pain this morning, it is gone now', pain],
    ['my husband is having chest pain', pain],
    ['should I come in, I have chest pain', pain],
    ['what do I do, chest pain since noon', pain],
    ["if I lie down I can't breathe", "can't breathe"],
    ["I don't know if this is a heart attack", 'heart attack'],
    ["I've been on hold for an hour with this chest pain", pain],
  ],
  negated: [
    ['no chest pain', pain],
    ['no fever, cough or chest pain', pain],
    ["I don't think it is chest pain", pain],
    ["I haven't had any chest pain", pain],
    ['chest pain, no', pain],
    ['no chest pain but some nausea', pain],
    ["my chest doesn't hurt", 'chest … hurt'],
    ['never had chest pain', pain],
  ],
  question: [
    ['do you treat chest pain', pain],
    ['is chest pain a side effect of it', pain],
    ['how long should I have chest pain after the procedure', pain],
    ['can stress cause chest pain', pain],
  ],
  hypothetical: [
    ['call me if I get chest pain', pain],
    ['in case of chest pain I have the spray', pain],
  ],
  figurative: [
    ['that bill nearly gave me a heart attack', 'heart attack'],
    ['I almost fainted when she told me the price', 'fainted'],
    ['this hold music makes me want to shoot myself', 'shoot myself'],
  ],
  historical: [
    ['I had chest pain ten years ago', pain],
    ['chest pain in 2015', pain],
    ['when I was a kid I had chest pain', pain],
    ['I had chest pain back in March', pain],
    ['I used to get chest pains', pain],
    ['Chest pain, that was the old valve', pain],
    ['I had chest pain before the stent, none since', pain],
  ],
  'other-person': [
    ['my father had a heart attack', 'heart attack'],
    ['my neighbor was in the hospital with chest pain', pain],
    ['my cousin fainted at the fair', 'fainted'],
    ['heart attacks run on both sides, runs in my family', 'heart attacks'],
    ['my mother died of a heart attack', 'heart attack'],
  ],
};

for (const [status, rows] of Object.entries(tables)) {
  describe(status, () => {
    for (const [said, phrase] of rows) {
      test(`"${said}"`, () => {
        const { scene, mention } = mentionOf(said, phrase);
        assert.equal(statusOf(scene, mention), status);
      });
    }
  });
}
