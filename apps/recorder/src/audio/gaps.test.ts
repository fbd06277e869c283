import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf, overlaps } from './gaps.ts';

test('where both parties are missing, and nowhere else', () => {
  assert.deepEqual(
    overlaps(
      [
        [0, 100],
        [200, 300],
      ],
      [
        [50, 250],
        [290, 400],
      ],
    ),
    [
      [50, 100],
      [200, 250],
      [290, 300],
    ],
  );
  assert.deepEqual(overlaps([[0, 100]], [[100, 200]]), []);
});

test('gaps go on from chunk to chunk, and between chunks; two packets are none', () => {
  const chunks = [
    {
      ...{ fromSample: 8000, samples: 8000 },
      missing: [
        [8000, 8700],
        [8800, 9280],
        [15_200, 16_000],
      ],
    },
    { fromSample: 16_000, samples: 8000, missing: [[16_000, 16_800]] },
    { fromSample: 40_000, samples: 8000, missing: [] },
    // Begun by another recorder before the one before it had written all.
    {
      fromSample: 47_000,
      samples: 8000,
      missing: [
        [47_000, 47_100],
        [50_000, 55_000],
      ],
    },
  ];
  assert.deepEqual(gapsOf(chunks), [
    { fromMs: 1900, toMs: 2100 },
    { fromMs: 3000, toMs: 5000 },
  ]);
  assert.deepEqual(gapsOf([]), []);
});
