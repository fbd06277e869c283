import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { costOf, loadPrices, parsePrices } from './prices.ts';

const head = 'basis: vendor, source: "https://vendor.example/pricing", seen: 2026-11-28';

test('every price has a unit, a source and the day on which it was seen, and one that is assumed says so', () => {
  const prices = loadPrices();
  assert.ok(prices.size > 25);
  for (const [name, { unit, source, seen, basis }] of prices) {
    assert.ok(unit !== '' && source.startsWith('https://') && seen >= '2026-01-01', name);
    assert.ok(['vendor', 'reported', 'assumed'].includes(basis), name);
  }
});

test('a tariff charges each step at its own price', () => {
  const prices = parsePrices(
    `m: { unit: minute, tiers: [{ usd: 3, upTo: 10 }, { usd: 2, upTo: 30 }, { usd: 1 }], ${head} }`,
    'p',
  );
  for (const [units, usd] of [
    [0, 0],
    [5, 15],
    [10, 30],
    [11, 32],
    [30, 70],
    [31, 71],
    [100, 140],
  ] as const)
    assert.equal(costOf(prices, 'm', units), usd);
});

test('all faults of a file are told together, each with its place', () => {
  const text = [
    `flat: { unit: GB, usd: 0.1, ${head} }`,
    `both: { unit: GB, usd: 1, tiers: [{ usd: 1, upTo: 2 }, { usd: 1 }], ${head} }`,
    `sinking: { unit: GB, tiers: [{ usd: 1, upTo: 9 }, { usd: 1, upTo: 3 }, { usd: 1 }], ${head} }`,
    'nowhere: { unit: GB, usd: 1, basis: vendor, seen: 2026-11-28 }',
    'undated: { unit: GB, usd: 1, basis: vendor, source: "https://vendor.example/" }',
  ].join('\n');
  assert.throws(
    () => parsePrices(text, 'p.yaml'),
    (error) => {
      assert.ok(isCodedError(error, 'unreadable-prices'));
      for (const place of ['both', 'sinking', 'nowhere.source', 'undated.seen'])
        assert.match(error.message, new RegExp(place));
      assert.doesNotMatch(error.message, /flat/);
      return true;
    },
  );
  assert.throws(
    () => costOf(new Map(), 'gone', 1),
    (error) => isCodedError(error, 'unknown-price'),
  );
});
