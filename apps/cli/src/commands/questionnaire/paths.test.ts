import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { example, folder, run } from './testing.ts';

test('paths: the numbers, both paths, what they rest on, and the picture', async (t) => {
  const svg = join(folder(t), 'graph.svg');
  const { out } = await run(['paths', example('post-discharge.yaml'), '--svg', svg]);
  assert.match(
    out,
    /shortest: 11 questions, \d\.\d minutes expected\nlongest: {2}15 questions, \d\.\d minutes/,
  );
  assert.match(out, /longest path: patient-name → birth-date → .*fever → highest-temperature → wound/);
  assert.match(out, /150 words a minute/);
  assert.match(readFileSync(svg, 'utf8'), /^<svg [\s\S]*Longest: 15 questions[\s\S]*<\/svg>\n$/);
});
