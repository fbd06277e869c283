import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redFlagsIn } from './match.ts';
import { libraryFlags } from './testing/flags.ts';

/** Words of the first beginning that fires, when the line comes word by word; undefined when only the end does, or nothing. */
function firesAt(said: string): number | undefined {
  const words = said.split(' ');
  const at = words.findIndex((_, index) => {
    const heard = words.slice(0, index + 1).join(' ');
    return redFlagsIn({ redFlags: libraryFlags }, heard, { partial: true }).length > 0;
  });
  return at === -1 ? undefined : at + 1;
}

describe('partial transcripts', () => {
  const rows: [said: string, at: number | undefined][] = [
    ['my chest hurts and it will not stop', 3],
    ["i can't breathe please help me", 3],
    ["i don't have any chest pain", undefined],
    ['no chest pain at all today', undefined],
    ['i had a stroke about six years ago', undefined],
    ['my father had a stroke', undefined],
    ['i passed out years ago in the army', undefined],
    ['i passed out when i was in high school', undefined],
    ['i passed out in the kitchen and hit my head', 6],
    ['do you treat chest pain there', undefined],
    ['i need a chest x ray', undefined],
  ];
  for (const [said, at] of rows) {
    test(`"${said}": ${at === undefined ? 'does not fire' : `fires at word ${at}`}`, () => {
      assert.equal(firesAt(said), at);
    });
  }

  test('what waits fires when the transcript is final', () => {
    const flags = redFlagsIn({ redFlags: libraryFlags }, 'i passed out');
    assert.deepEqual(
      flags.map(({ id }) => id),
      ['unconscious'],
    );
  });
});
