import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scene } from '../scene.ts';
import { featuresOf } from './features.ts';
import { likenessOf } from './likeness.ts';
import { modelFrom } from './model.ts';
import { stretchesOf } from './stretches.ts';

const features = ['sgrip', 'kgrip heart'];
const model = modelFrom({
  flags: ['chest-pain', 'stroke'],
  bias: [-3, -3],
  step: [0.2, 0.2],
  features,
  weights: Buffer.from(Int8Array.from([100, 0, 100, -50])).toString('base64'),
});
const likely = (said: string) =>
  likenessOf(new Scene(said), model).flatMap(({ flag, probability }) => (probability > 0.6 ? [flag] : []));

test('features are words, stems, neighbours, pairs and triples, with their places', () => {
  const names = featuresOf(new Scene('my chest hurts').words).map(
    ({ name, at }) => `${name}:${at.join('+')}`,
  );
  for (const wanted of ['wmy:0', 'shurt:2', 'bmy chest:0+1', 'kmy hurt:0+2', 'tmy chest hurt:0+1+2'])
    assert.ok(names.includes(wanted), `${wanted} in ${names.join(', ')}`);
});

test('stretches are the whole, each clause and each two in a row', () => {
  assert.deepEqual(stretchesOf({ clauses: [0, 0, 0, 1, 1, 1, 2, 2, 2] }), [
    { start: 0, end: 9 },
    { start: 0, end: 3 },
    { start: 0, end: 6 },
    { start: 3, end: 6 },
    { start: 3, end: 9 },
    { start: 6, end: 9 },
  ]);
  assert.deepEqual(stretchesOf({ clauses: [0, 0, 1, 1] }), [{ start: 0, end: 4 }]);
});

describe('likeness', () => {
  const rows: [said: string, flags: string[]][] = [
    ['it gripped my heart', ['chest-pain']],
    ['my appointment is on tuesday and the parking is bad, but it gripped my heart', ['chest-pain']],
    ['the weather is fine', []],
    ['', []],
    ['ten years ago it gripped my heart', []],
    ['does it mean something when it grips the heart', []],
  ];
  for (const [said, flags] of rows) test(said || 'nothing', () => assert.deepEqual(likely(said), flags));
});
