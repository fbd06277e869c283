import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lines } from '../context/trigger.ts';
import { redFlagsIn } from '../match.ts';
import { phraseProblem } from '../phrase-pattern.ts';
import { type Example, libraryFlags, readExamples } from '../testing/flags.ts';
import { redFlagLibrary } from './index.ts';

const fires = (said: string) => redFlagsIn({ redFlags: libraryFlags }, said).map(({ id }) => id);
const examples = readExamples();
const positives = examples.filter(({ flag }) => flag !== 'none');
const negatives = examples.filter(({ flag }) => flag === 'none');

describe('the library', () => {
  for (const { name, phrases, unless, excuses } of redFlagLibrary.values()) {
    test(`${name}: every phrase is well formed`, () => {
      const problems = [phrases, unless, excuses]
        .flatMap(lines)
        .flatMap((phrase) => phraseProblem(phrase)?.concat(': ', phrase) ?? []);
      assert.deepEqual(problems, []);
    });
  }

  test('hears at least 97 % of the examples it was made with', () => {
    atMost(0.03, positives, ({ flag, said }) => !fires(said).includes(flag));
  });

  test('stays silent on at least 97 % of the near misses it was made with', () => {
    atMost(0.03, negatives, ({ said }) => fires(said).length > 0);
  });
});

/** What stands around it takes nothing from what is said plainly. */
describe('a red flag in the middle of something else', () => {
  const heard = positives.filter(({ flag, said }) => fires(said).includes(flag));
  const frames = [
    'No fever or cough, but X',
    'no, X',
    'X, and my doctor is Doctor Smith',
    'My father had a heart attack, and now X',
    "I've been on hold forever, X",
    'I had surgery last week and now X',
    'it started two days ago, X',
    'should I come in, X',
    'do you have a nurse I can talk to, X',
    "it's never happened before, my arm, X",
    "I don't mean to bother you but X",
    "X, it's not like me",
  ];
  for (const frame of frames) {
    test(frame, () => {
      atMost(0.03, heard, ({ flag, said }) => !fires(frame.replace('X', () => said)).includes(flag));
    });
  }
});

function atMost(share: number, rows: readonly Example[], isWrong: (row: Example) => boolean): void {
  const wrong = rows.filter(isWrong).map(({ flag, said }) => `${flag}: ${said}`);
  assert.ok(wrong.length <= share * rows.length, `${wrong.length} of ${rows.length}\n${wrong.join('\n')}`);
}
