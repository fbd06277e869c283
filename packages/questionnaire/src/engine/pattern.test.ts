import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patternOf } from './pattern.ts';

const rows: readonly [pattern: string, right: string, wrong: string][] = [
  ['\\d{3}\\-\\d{2}', '123-45', '12345'],
  ['(?i)[a-z]+', 'ABC', 'A1'],
  ['^[\\w\\.]+@[\\w\\.]+$', 'a.b@c.d', 'a.b'],
  ['a|b', 'b', 'ab'],
  ['\\p{L}+', 'é', '1'],
];
for (const [pattern, right, wrong] of rows)
  test(`${pattern} holds for the whole answer`, () => {
    assert.ok(patternOf(pattern)?.test(right));
    assert.ok(!patternOf(pattern)?.test(wrong));
  });

test('what is no regular expression in any dialect', () => assert.equal(patternOf('[0-9'), undefined));
