import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { today } from '../testing/intake.ts';
import { itemOf } from '../testing/items.ts';
import { parseAnswer } from './parse-answer.ts';

describe('e-mail addresses as people say them', () => {
  const rows: [words: string, expected: string | undefined][] = [
    ['b carver at gmail dot com', 'bcarver@gmail.com'],
    ['lena dash holt at example dot org', 'lena-holt@example.org'],
    ['lena underscore holt at g mail dot com', 'lena_holt@gmail.com'],
    ['holt h o l t sixty one at a o l dot com', 'holt61@aol.com'],
    ['my email is holt.lena at gmail.com', 'holt.lena@gmail.com'],
    ['h as in henry o l t at example dot co dot u k', 'holt@example.co.uk'],
    ['agent double oh seven at example dot com', 'agent007@example.com'],
    ['sam dot gray with an a, gray, at example dot com', 'sam.gray@example.com'],
    ['you can reach me at sam dot gray at example dot com', 'sam.gray@example.com'],
    ['sam gray at gmail dot com, sorry, yahoo dot com', 'samgray@yahoo.com'],
    ['sam at sign example dot com', 'sam@example.com'],
    ['sam dot gray@example.com', 'sam.gray@example.com'],
    ['dot d o t underscore lee at example dot com', 'dot_lee@example.com'],
    ['sam gray all lowercase at example dot com no spaces', 'samgray@example.com'],
    ['sam at work at example dot com', undefined],
    ['sam at gmail or yahoo dot com', undefined],
    ['sam gray at gmail', undefined],
    ['it is just my name at example dot com', undefined],
    ['', undefined],
  ];
  for (const [words, expected] of rows) {
    test(`${words} → ${expected ?? 'refused'}`, () => {
      const parsed = parseAnswer(itemOf('string', { form: 'email' }), words, { today });
      assert.equal(parsed.ok ? parsed.value : undefined, expected);
    });
  }
});
