import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareWords, wilson } from './proportion.ts';

test('the interval is Wilson’s: it stays within 0 and 1, and around the share', () => {
  // Newcombe, Stat Med 17 (1998) 857-872, table I: 81/263, 15/148, 0/20, 1/29 (method 3, without continuity correction).
  const table: [hits: number, of: number, low: number, high: number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [hits, of, low, high] of table)
    assert.deepEqual(
      wilson({ hits, of }).map((one) => one.toFixed(4)),
      [low, high].map((one) => one.toFixed(4)),
    );
  assert.deepEqual(wilson({ hits: 0, of: 0 }), [0, 1]);
});

test('a share in words', () => {
  assert.equal(shareWords({ hits: 45, of: 50 }), '45/50 0.900 (0.786–0.957)');
  assert.equal(shareWords({ hits: 0, of: 0 }), '0/0 – (0.000–1.000)');
});
