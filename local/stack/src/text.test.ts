import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, paint, plain, table, wrap } from './text.ts';

test('control characters do not reach the terminal', () => {
  assert.equal(plain('a\u001b[31mb\nc\u0007'), 'a [31mb c');
});

test('text wraps at blanks, a long word is cut, nothing is empty', () => {
  assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
  assert.deepEqual(wrap('abcdefghijkl', 8), ['abcdefgh', 'ijkl']);
  assert.deepEqual(wrap('', 8), ['']);
  assert.equal(cut('abcdef', 4), 'abc…');
});

test('colour only where it is welcome', () => {
  assert.equal(paint({ colour: false }, 'red', 'x'), 'x');
  assert.equal(paint({ colour: true }, 'red', 'x'), '\u001b[31mx\u001b[0m');
});

test('a table keeps to its width and wraps its cells', () => {
  const rows = [['birth-date', 'What is the patient’s date of birth?', '1985-03-03']];
  const lines = table(['item', 'question', 'answer'], rows, { width: 44, weights: [2, 5, 3] });
  assert.ok(
    lines.every((line) => line.length <= 44),
    lines.join('\n'),
  );
  assert.match(lines.join(' ').replaceAll(/\s+/g, ' '), /What is the/);
});
