import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, EntryKind } from '@vestibule/record';
import { citing } from './citing.ts';

const entry = (kind: EntryKind, payload: object) =>
  ({ header: { kind }, payload, inner: 'x' }) as unknown as Entry;
const passages = [
  { text: 'Parking is free in the lot behind the building.', source: { id: 'parking' } },
  { text: 'The building opens at eight.', source: { id: 'hours' } },
];
const result = (piiResult: unknown) =>
  entry('tool-result', { id: 't', name: 's', key: 'k', piiResult, failed: false, durationMs: 1 });
const found = result(JSON.stringify({ passages }));
const turn = entry('turn', { by: 'speech' });

test('an answer cites the document whose words it has', () => {
  assert.deepEqual(citing('You can park for free in the lot behind the building.', [turn, found]), {
    cites: ['parking'],
  });
  assert.deepEqual(citing('The building opens at eight.', [turn, found]), { cites: ['hours'] });
});

test('a question of ours cites nothing, nor does an answer to what was asked before', () => {
  assert.deepEqual(citing('And what is your date of birth?', [turn, found]), {});
  assert.deepEqual(citing('Parking is free.', [turn, found, turn]), {});
});

test('what another tool gave is no document', () => {
  for (const piiResult of ['{"patients":[]}', 'not JSON', 7, { passages: [{ text: 'Parking is free' }] }])
    assert.deepEqual(citing('Parking is free.', [turn, result(piiResult)]), {});
});
