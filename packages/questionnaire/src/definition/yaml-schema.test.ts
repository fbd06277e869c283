import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { shortFormJsonSchema } from './yaml-schema.ts';

test('the JSON Schema for editors is up to date', () => {
  const file = new URL('../../schema/questionnaire.schema.json', import.meta.url);
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const remedy = 'node packages/questionnaire/scripts/write-schema.ts';
  assert.deepEqual(written, JSON.parse(JSON.stringify(shortFormJsonSchema())), remedy);
});
