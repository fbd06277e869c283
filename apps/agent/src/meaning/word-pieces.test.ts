import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { encoderFolder } from './meaning.ts';
import { wordPieces } from './word-pieces.ts';

const { model } = JSON.parse(
  readFileSync(new URL('all-minilm-l6-v2-q-tokenizer.json', encoderFolder), 'utf8'),
) as { model: { vocab: Record<string, number> } };
const pieces = wordPieces(new Map(Object.entries(model.vocab)));

test('the pieces of 307 lines are those of the encoder’s own tokenizer', () => {
  const [, ...lines] = readFileSync(new URL('testing/pieces.tsv', import.meta.url), 'utf8')
    .replace(/\n$/, '')
    .split('\n');
  assert.equal(lines.length, 307);
  for (const line of lines) {
    const [said = '', expected = ''] = line.split('\t');
    assert.equal(pieces(said).join(' '), expected, said);
  }
});

test('a word that cannot be divided, or is too long, is unknown', () => {
  const own = wordPieces(
    new Map([
      ['[UNK]', 0],
      ['chest', 1],
      ['##y', 2],
    ]),
  );
  assert.deepEqual(own('Chesty chestx chest'), [1, 2, 0, 1]);
  assert.deepEqual(own('y'.repeat(101)), [0]);
});
