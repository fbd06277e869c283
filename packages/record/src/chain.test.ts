import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genesis, nextEntry, verifyChain } from './chain.ts';
import { exportLog } from './seal.ts';
import { foldCall } from './fold.ts';
import { type StoredEntry, storedEntrySchema } from './entries.ts';

function chain(): StoredEntry[] {
  const entries: StoredEntry[] = [];
  const place = () => ({
    callId: 'c',
    seq: entries.length,
    at: '2026-01-01T00:00:00.000Z',
    writer: 'w',
    previous: entries.at(-1)?.hash ?? genesis,
  });
  entries.push(nextEntry(place(), 'said', { piiText: 'Hello.', source: 'script' }, 'aa'));
  entries.push(nextEntry(place(), 'final', { piiText: 'hi', confidence: 1, startMs: 5, endMs: 9 }, 'bb'));
  entries.push(nextEntry(place(), 'end', { outcome: 'partial', by: 'caller', durationMs: 20 }, 'cc'));
  return entries;
}

test('a whole chain verifies', () => {
  assert.equal(verifyChain(chain(), 'c'), undefined);
});

const tamperings: [string, (entries: StoredEntry[]) => void, number][] = [
  ['an edited payload', (e) => (e[1]!.payload = { piiText: 'no', confidence: 1, startMs: 5, endMs: 9 }), 1],
  ['an edited header', (e) => (e[1]!.header.at = '2026-01-02T00:00:00.000Z'), 1],
  ['a deleted entry', (e) => e.splice(1, 1), 1],
  ['two swapped entries', (e) => e.splice(0, 2, e[1]!, e[0]!), 0],
  ['a doubled entry', (e) => e.splice(1, 0, e[1]!), 2],
  ['another call', (e) => e.forEach(({ header }) => (header.callId = 'd')), 0],
];
for (const [name, tamper, seq] of tamperings) {
  test(`${name} is found at entry ${seq}`, () => {
    const entries = chain();
    tamper(entries);
    assert.equal(verifyChain(entries, 'c')?.seq, seq);
  });
}

test('without consent the export withholds what was spoken, and the chain still verifies', () => {
  const lines = exportLog(chain(), false);
  assert.doesNotMatch(lines, /Hello|"hi"/);
  const entries = lines
    .trim()
    .split('\n')
    .map((line) => storedEntrySchema.parse(JSON.parse(line)));
  assert.equal(verifyChain(entries, 'c'), undefined);
  assert.deepEqual(foldCall(entries).end, { outcome: 'partial', by: 'caller', durationMs: 20 });
});

test('the fold of a prefix, continued, is the fold of the whole', () => {
  const entries = chain();
  for (let cut = 0; cut <= entries.length; cut++) {
    assert.deepEqual(foldCall(entries.slice(cut), foldCall(entries.slice(0, cut))), foldCall(entries));
  }
});
