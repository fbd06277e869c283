import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { example, file, folder, run, short } from './testing.ts';

test('vocabulary: one table of several questionnaires, on the terminal or in a file, with what is left out', async (t) => {
  const drugs = file(t, 'drugs.yaml', short('  - { id: a, ask: A?, options: [metformin, type 2] }\n'));
  const { out } = await run(['vocabulary', example('new-patient.yaml'), drugs]);
  assert.match(out, /^Phrase\tSoundsLike\tIPA\tDisplayAs\n[\s\S]*a-check-up\t[\s\S]*metformin\t/);
  const path = join(folder(t), 'intake.txt');
  const written = await run(['vocabulary', drugs, '--output', path]);
  assert.equal(written.out, `left out: type 2 (digits have to be words)\n2 phrases in ${path}\n`);
  assert.match(readFileSync(path, 'utf8'), /metformin\t\t\tmetformin\ntype-two\t\t\ttype two\n$/);
});
