import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { today } from '../testing/intake.ts';
import { itemOf } from '../testing/items.ts';
import { parseAnswer } from './parse-answer.ts';

describe('e-mail addresses', () => {
  const rows: [string, string | undefined][] = [
    ['john dot smith at example dot com', 'john.smith@example.com'],
    ["it's john underscore smith at example dot org", 'john_smith@example.org'],
    ['jsmith@example.com', 'jsmith@example.com'],
    ['my email is jsmith@example.com', 'jsmith@example.com'],
    ['john smith', undefined],
    ['at example dot com', undefined],
  ];
  for (const [words, expected] of rows) {
    test(`${words} → ${expected ?? 'refused'}`, () => {
      const parsed = parseAnswer(itemOf('string', { form: 'email' }), words, { today });
      assert.equal(parsed.ok ? parsed.value : undefined, expected);
    });
  }
});
