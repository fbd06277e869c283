import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryLog, arbitraryOf } from '../testing/arbitrary-entries.ts';
import { entryKinds, payloads } from './entries.ts';
import { foldCall } from './fold.ts';
import { openEntry, sealEntry } from './sealed-entry.ts';

const key = Buffer.alloc(32, 7);

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

test('folding a beginning and going on from there is folding the whole, wherever it is cut', () => {
  fc.assert(
    fc.property(arbitraryLog, (log) => {
      const whole = foldCall(freeze(log));
      for (let cut = 0; cut <= log.length; cut++) {
        const beginning = freeze(foldCall(log.slice(0, cut)));
        assert.deepEqual(foldCall(log.slice(cut), beginning), whole);
      }
    }),
    { numRuns: 300 },
  );
});

test('a log that was stored and read again folds to the same', () => {
  fc.assert(
    fc.property(arbitraryLog, (log) => {
      const whole = log.filter(({ inner }) => inner !== undefined);
      const again = whole.map((entry) => openEntry(key, sealEntry(key, entry)));
      assert.deepEqual(foldCall(again), foldCall(whole));
    }),
    { numRuns: 100 },
  );
});

for (const kind of entryKinds) {
  test(`arbitrary payloads of kind ${kind} are what the schema accepts`, () => {
    fc.assert(
      fc.property(arbitraryOf(payloads[kind]), (payload) => {
        assert.deepEqual(payloads[kind].parse(payload), payload);
      }),
      { numRuns: 50 },
    );
  });
}

test('an answer that was withdrawn is no input; one that was not stays', () => {
  const answer = (linkId: string, provisional?: boolean) => ({
    kind: 'answer',
    payload: { linkId, piiInput: linkId, piiEvents: [], obtained: { by: 'typed-parse', provisional } },
  });
  const entries = [answer('a', true), answer('b', true), answer('c'), { kind: 'withdrawn', payload: {} }];
  const log = entries.map(({ kind, payload }) => ({ header: { kind }, hash: '', inner: '', payload }));
  assert.deepEqual(foldCall(log as never).inputs, ['a', 'c']);
});
