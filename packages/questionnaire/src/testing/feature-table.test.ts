import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { featureTable } from './feature-table.ts';

test('FEATURES.md says what the features do now', () => {
  const kept = readFileSync(new URL('../../FEATURES.md', import.meta.url), 'utf8');
  const plain = (table: string) => table.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---');
  assert.equal(
    plain(kept),
    plain(featureTable()),
    'node packages/questionnaire/scripts/feature-table.ts --write',
  );
});
