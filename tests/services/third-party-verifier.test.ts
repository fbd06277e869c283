import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  consistencyProof,
  exportedFiles,
  inclusionProof,
  leafHash,
  merkleRoot,
  openRecord,
  readArchived,
} from '@vestibule/record';
import { type Office, openOffice, takeCall, tenant } from './sealed-call.ts';

// Exported records under a verifier that shares no line with ours: Python, openssl, and the texts of RFC 6962 and RFC 8785.

const root = resolve(import.meta.dirname, '../..');
const example = join(root, 'examples/records/call_example');
const exampleAnchor = join(root, 'examples/records/trust-anchor.pem');
const work = mkdtempSync(join(tmpdir(), 'vestibule-third-party-'));
const anchor = join(work, 'anchor.pem');
let office: Office;
let made = 0;

before(async () => {
  office = await openOffice();
  writeFileSync(anchor, office.anchor.export({ type: 'spki', format: 'pem' }));
});
after(async () => {
  await office.stop();
  rmSync(work, { recursive: true });
});

function newFolder(): string {
  return join(work, String(made++));
}

/** A call of many entries, sealed, read back and exported. */
async function exported({ redacted }: { redacted: boolean }): Promise<string> {
  const { sealed } = await takeCall(office, { decision: 'd', turns: 40 });
  const record = await readArchived(office.archive, tenant, `${sealed!.prefix}/`);
  const key = await office.keys.unwrap(record.callId ?? '', record.wrapped ?? '');
  const folder = newFolder();
  cpSync(example, folder, { recursive: true, filter: (source) => source === example });
  for (const [name, text] of exportedFiles(record, openRecord(record, key), { redacted }))
    writeFileSync(join(folder, name), text);
  return folder;
}

function judge(folder: string, by = anchor, ...proofs: string[]): Promise<{ sound: boolean; words: string }> {
  const script = join(import.meta.dirname, 'third_party_verifier.py');
  return new Promise((done, fail) =>
    execFile('python3', [script, folder, by, ...proofs], (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        fail(new Error('python3 (with openssl) is needed: make setup', { cause: error }));
      else done({ sound: !error, words: stdout + stderr });
    }),
  );
}

const linesOf = (folder: string, name = 'entries.jsonl') =>
  readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');

/** All inclusion and consistency proofs of a record's tree, as our own code makes them. */
function proofsOf(folder: string) {
  const leaves = linesOf(folder).map((line) => leafHash(line));
  const hex = (path: readonly Buffer[]) => path.map((hash) => hash.toString('hex'));
  return {
    inclusion: leaves.map((_, index) => ({ index, path: hex(inclusionProof(leaves, index)) })),
    consistency: leaves.map((_, index) => ({
      size: index + 1,
      root: merkleRoot(leaves.slice(0, index + 1)).toString('hex'),
      path: hex(consistencyProof(leaves, index + 1)),
    })),
  };
}

function written(proofs: unknown): string {
  const file = `${newFolder()}.json`;
  writeFileSync(file, JSON.stringify(proofs));
  return file;
}

describe('a verifier of somebody else’s', () => {
  test('finds the example sound, and every proof of its tree', async () => {
    const { sound, words } = await judge(example, exampleAnchor, written(proofsOf(example)));
    assert.ok(sound, words);
    assert.match(
      words,
      /6 entries, 6 payloads, 2 checkpoints, 6 inclusion and 6 consistency proofs: all sound/,
    );
  });

  for (const redacted of [false, true])
    test(`finds an archived call sound, exported ${redacted ? 'redacted' : 'whole'}`, async () => {
      const folder = await exported({ redacted });
      const { sound, words } = await judge(folder, anchor, written(proofsOf(folder)));
      assert.ok(sound, words);
      assert.match(words, /: 43 entries, 43 payloads, 2 checkpoints, 43 inclusion and 43 consistency/);
      if (redacted) assert.doesNotMatch(linesOf(folder, 'payloads.jsonl').join(), /knee|5550100123/);
    });

  test('refuses a proof that was altered, and one of another tree', async () => {
    const folder = await exported({ redacted: false });
    const { inclusion, consistency } = proofsOf(folder);
    const flip = (hash: string) => (hash.startsWith('0') ? '1' : '0') + hash.slice(1);
    for (const proofs of [
      { inclusion: [{ ...inclusion[7]!, path: inclusion[7]!.path.with(0, flip(inclusion[7]!.path[0]!)) }] },
      { inclusion: [{ ...inclusion[7]!, index: 8 }] },
      { inclusion: [{ ...inclusion[7]!, path: inclusion[7]!.path.slice(1) }] },
      { consistency: [{ ...consistency[11]!, root: flip(consistency[11]!.root) }] },
      { consistency: [{ ...consistency[11]!, size: 13 }] },
    ]) {
      const { sound, words } = await judge(
        folder,
        anchor,
        written({ inclusion: [], consistency: [], ...proofs }),
      );
      assert.ok(!sound);
      assert.match(words, /not sound: (inclusion|consistency|an audit path|a consistency proof)/);
    }
  });

  const replaced = (name: string, from: RegExp | string, to: string) => (folder: string) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const changed = text.replace(from, to);
    assert.ok(changed !== text, `${name} holds nothing like ${from}`);
    writeFileSync(join(folder, name), changed);
  };
  const tamperings: [string, (folder: string) => void, RegExp][] = [
    ['an edited header', replaced('entries.jsonl', '"kind":"consent"', '"kind":"keys"'), /does not follow/],
    ['an edited payload', replaced('payloads.jsonl', 'knee', 'back'), /not the one committed to/],
    ['a deleted entry', replaced('entries.jsonl', /.*"seq":2,.*\n/, ''), /entry 2: numbered 3/],
    [
      'a cut-off tail',
      replaced('entries.jsonl', /.*"kind":"end".*\n/, ''),
      /signed for 43 entries, here are 42/,
    ],
    ['another answer sheet', replaced('response.json', 'completed', 'stopped'), /response\.json: is not/],
    [
      'a forged root',
      replaced('root.json', /"size":43/, '"size":44'),
      /root\.json: the signature does not verify/,
    ],
    ['a forged key', replaced('root.json', /"worker":"\w+"/, '"worker":"w"'), /worker's key: the signature/],
    [
      'a forged sighting',
      replaced('checkpoints.jsonl', /"size":2,/, '"size":1,'),
      /does not hold its sighting/,
    ],
    ['no signed end', (folder) => rmSync(join(folder, 'root.json')), /no signed end/],
  ];
  for (const [what, tamper, fault] of tamperings)
    test(`finds ${what}`, async () => {
      const folder = await exported({ redacted: false });
      tamper(folder);
      const { sound, words } = await judge(folder);
      assert.ok(!sound);
      assert.match(words, fault);
    });

  test('trusts no anchor but the one it is given', async () => {
    assert.match((await judge(example, anchor)).words, /worker's key: the signature does not verify/);
  });
});
