import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalJson } from '@vestibule/core';
import { readFolder } from '../archive/find-record.ts';
import { openedLines, parseExport } from '../archive/exported.ts';
import { redactEntry } from '../archive/export-record.ts';
import { leafHash, merkleRoot } from '../merkle/tree.ts';
import type { SignedCallRoot } from '../signing/statements.ts';
import { createAnchored, type ExampleRecord, exampleRecord } from '../testing/example-record.ts';
import { type Verdict, verifyRecord } from './verify-record.ts';

const anchored = await createAnchored();
const whole = await exampleRecord('call-1', 'my knee hurts', anchored);
const other = await exampleRecord('call-2', 'a check-up', anchored);
const stranger = await exampleRecord('call-1', 'my knee hurts', await createAnchored());

type Files = ExampleRecord['files'];

function verify(files: Files, callId?: string): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-record-'));
  try {
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    return verifyRecord(readFolder(folder, callId), whole.anchor);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lines = (files: Files, name = 'entries.jsonl') => files.get(name)!.trim().split('\n');
const join_ = (all: readonly string[]) => all.map((line) => `${line}\n`).join('');
const edited = (line: string) =>
  canonicalJson({ ...(JSON.parse(line) as object), at: '2027-01-01T00:00:00.000Z' });

/** What a forger with access to the folder, but to no key, makes of a changed log: numbers and chain in order again. */
function rechained(all: readonly string[]): string[] {
  let previous = '0'.repeat(64);
  return all.map((line, seq) => {
    const text = canonicalJson({ ...(JSON.parse(line) as object), seq, previous });
    previous = leafHash(text).toString('hex');
    return text;
  });
}

const changeLines = (change: (all: string[]) => string[]) => (files: Files) =>
  void files.set('entries.jsonl', join_(change(lines(files))));

const changeRoot = (change: (root: SignedCallRoot) => unknown) => (files: Files) =>
  void files.set('root.json', JSON.stringify(change(JSON.parse(files.get('root.json')!) as SignedCallRoot)));

/** The signature stays as it is: no key is at hand. */
const forgeRoot = (files: Files) => {
  const leaves = lines(files).map((line) => leafHash(line).toString('hex'));
  const root = merkleRoot(leaves.map((leaf) => Buffer.from(leaf, 'hex'))).toString('hex');
  changeRoot((signed) => ({
    ...signed,
    leaves,
    statement: { ...signed.statement, size: leaves.length, head: leaves.at(-1), root },
  }))(files);
};

test('a whole record verifies, with every payload seen', () => {
  const verdict = verify(whole.files);
  assert.deepEqual(verdict.findings, []);
  assert.deepEqual(verdict.payloads, { checked: 6, redacted: 0, sealed: 0, absent: 0 });
  assert.equal(verdict.checkpoints, 2);
});

test('a redacted record verifies and shows nothing of the caller’s', () => {
  const files = new Map(whole.files);
  const { entries } = parseExport(files.get('entries.jsonl')!, files.get('payloads.jsonl')!);
  files.set('payloads.jsonl', openedLines(entries.map(redactEntry)));
  files.delete('response.json');
  files.set('withheld.json', JSON.stringify({ reason: 'redacted', objects: ['response.json'] }));
  assert.doesNotMatch([...files.values()].join(), /knee|\+15550100123/);
  assert.match(files.get('payloads.jsonl')!, /new-patient/);
  const verdict = verify(files);
  assert.deepEqual(verdict.findings, []);
  assert.deepEqual(verdict.withheld, ['response.json']);
  assert.equal(verdict.payloads.redacted, 6);
});

test('an erased record verifies by its commitments', () => {
  const files = new Map(whole.files);
  files.delete('payloads.jsonl');
  files.delete('response.json');
  files.set('erasure.json', JSON.stringify({ objects: ['payloads.jsonl', 'response.json'] }));
  const verdict = verify(files);
  assert.deepEqual(verdict.findings, []);
  assert.equal(verdict.payloads.absent, 6);
});

const tamperings: [string, (files: Files) => void, number | undefined, RegExp][] = [
  ['an edited header', changeLines((all) => all.with(2, edited(all[2]!))), 2, /altered/],
  ['an edited first entry', changeLines((all) => all.with(0, edited(all[0]!))), 0, /altered/],
  ['an edited last entry', changeLines((all) => all.with(5, edited(all[5]!))), 5, /signed for/],
  ['an edit, chained anew', changeLines((all) => rechained(all.with(3, edited(all[3]!)))), 3, /signed for/],
  [
    'an edited payload',
    (files) =>
      void files.set('payloads.jsonl', files.get('payloads.jsonl')!.replaceAll('my knee hurts', 'I am well')),
    3,
    /committed/,
  ],
  ['a deleted entry', changeLines((all) => all.toSpliced(2, 1)), 2, /missing/],
  [
    'a deletion, chained anew',
    changeLines((all) => rechained(all.toSpliced(2, 1))),
    2,
    /signed for|cut off|committed/,
  ],
  ['a doubled entry', changeLines((all) => all.toSpliced(2, 0, all[2]!)), 3, /insertion/],
  [
    'an insertion, chained anew',
    changeLines((all) => rechained(all.toSpliced(4, 0, all[1]!))),
    4,
    /signed for|committed/,
  ],
  ['two swapped entries', changeLines((all) => all.with(1, all[2]!).with(2, all[1]!)), 1, /missing/],
  ['a cut-off tail', changeLines((all) => all.slice(0, 4)), 4, /cut off/],
  [
    'a cut-off tail without its signed end',
    (files) => {
      changeLines((all) => all.slice(0, 4))(files);
      files.delete('root.json');
    },
    4,
    /checkpoint w1\/1 saw 6/,
  ],
  ['an entry added after the end', changeLines((all) => rechained([...all, all[3]!])), 6, /added/],
  ['a line that is no entry', changeLines((all) => all.with(1, '{}')), 1, /no entry/],
  [
    'an edit under a forged root',
    (files) => {
      changeLines((all) => rechained(all.with(1, edited(all[1]!))))(files);
      forgeRoot(files);
    },
    0,
    /checkpoint w1\/0 saw other entries, up to entry 2/,
  ],
  [
    'an altered list of leaves',
    changeRoot((root) => ({ ...root, leaves: root.leaves.toReversed() })),
    undefined,
    /leaves/,
  ],
  [
    'a root without its signature',
    changeRoot((root) => ({ ...root, signature: 'AAAA' })),
    undefined,
    /signature/,
  ],
  [
    'a root that is signed by a key nobody vouches for',
    (files) => void files.set('root.json', stranger.files.get('root.json')!),
    undefined,
    /trust anchor/,
  ],
  [
    'another call’s log',
    (files) => void files.set('entries.jsonl', other.files.get('entries.jsonl')!),
    0,
    /belongs to call call-2/,
  ],
  [
    'another answer sheet',
    (files) => void files.set('response.json', '{}'),
    undefined,
    /response.json is not/,
  ],
  ['no answer sheet', (files) => void files.delete('response.json'), undefined, /response.json is missing/],
  ['no signed end', (files) => void files.delete('root.json'), undefined, /incomplete: no signed end/],
];
for (const [name, tamper, seq, problem] of tamperings) {
  test(`${name} is found${seq === undefined ? '' : ` at entry ${seq}`}`, () => {
    const files = new Map(whole.files);
    tamper(files);
    const { findings } = verify(files);
    assert.match(findings.map(({ problem: found }) => found).join('\n'), problem);
    assert.equal(findings[0]?.seq, seq, JSON.stringify(findings));
  });
}

test('all of another call in its place is found by who asks for this one', () => {
  assert.match(
    verify(other.files, 'call-1').findings[0]?.problem ?? '',
    /belongs to call call-2|is of call call-2/,
  );
});
