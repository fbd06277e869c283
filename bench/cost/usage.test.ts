import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRecord, readFolder } from '@vestibule/record';
import { ratesOf, type Usage, usageOf } from './usage.ts';

const example = new URL('../../examples/records/call_example', import.meta.url).pathname;

test('what a record took is read from it', () => {
  const usage = usageOf(openRecord(readFolder(example), undefined));
  assert.equal(usage.entries, 6);
  assert.equal(usage.sentences, 1);
  assert.ok(usage.characters > 0 && usage.seconds > 0);
  assert.equal(usage.turns, 0);
});

test('a record without an end is refused', () => {
  assert.throws(() => usageOf([]), /has no end/);
});

test('rates weigh calls by their length', () => {
  const call = (seconds: number, turns: number): Usage => ({
    ...{ seconds, turns, entries: 10 * turns, promptTokens: 1000 * turns, completionTokens: 10 * turns },
    ...{ sentences: 2 * turns, characters: 80 * turns, heardSeconds: seconds / 4 },
  });
  const rates = ratesOf([call(60, 5), call(180, 25)]);
  assert.equal(rates['model turns a minute'], 7.5);
  assert.equal(rates['prompt tokens a turn'], 1000);
  assert.equal(rates['entries a minute'], 75);
  assert.equal(rates['share of the time that the caller speaks'], 0.25);
});
