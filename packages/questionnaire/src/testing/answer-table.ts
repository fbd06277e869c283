import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAnswer } from '../parse/parse-answer.ts';
import type { AnswerValue, CodedValue, Item, ProblemCode, QuantityValue } from '../types.ts';
import { today } from './intake.ts';

/** Words, and what they are: a value (covered), `partly(value, ...unused)`, or `refused(code)`. */
export type Row = [
  words: string,
  expected: AnswerValue | { partly: AnswerValue; unused: string[] } | { refused: ProblemCode },
];

/** One test for each row: what the words say in answer to that item. */
export function table(name: string, item: Item, rows: readonly Row[]): void {
  describe(name, () => {
    for (const [words, expected] of rows) {
      test(`${JSON.stringify(words)} → ${JSON.stringify(expected)}`, () => {
        const parsed = parseAnswer(item, words, { today });
        if (typeof expected === 'object' && 'refused' in expected) {
          assert.deepEqual(parsed.ok ? parsed.value : { refused: parsed.code }, expected);
          return;
        }
        assert.ok(parsed.ok, JSON.stringify(parsed));
        const [value, unused] =
          typeof expected === 'object' && 'partly' in expected
            ? [expected.partly, expected.unused]
            : [expected, []];
        const plain =
          typeof parsed.value === 'object' && typeof value === 'string' ? codeOf(parsed.value) : parsed.value;
        assert.deepEqual(plain, value);
        assert.deepEqual(parsed.unused, unused);
        assert.equal(parsed.covered, unused.length === 0);
      });
    }
  });
}

const codeOf = (value: CodedValue | QuantityValue) => ('display' in value ? value.code : value);
export const refused = (code: ProblemCode) => ({ refused: code });
export const partly = (value: AnswerValue, ...unused: string[]) => ({ partly: value, unused });
