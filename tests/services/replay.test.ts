import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { canonicalJson } from '@vestibule/core';
import { loadConfig } from '@vestibule/config';
import { type Entry, redactEntry } from '@vestibule/record';
import { RecordedCall } from '../../apps/agent/src/replay/testing/recorded-call.ts';
import { questionnaires } from '../../apps/agent/src/questionnaires.ts';

// `vestibule record replay FOLDER`, as a process, on a call that the agent's own parts took.

const root = resolve(import.meta.dirname, '../..');
const config = await loadConfig(join(root, 'vestibule.yaml'));
const definition = await (await questionnaires(config))('+15550100100');
const call = await RecordedCall.begin(config, definition);
await call.says('yes', '', ['record_answer', { item: 'recording-consent', answer: 'yes' }]);
await call.says('for me', 'Thank you.', ['record_answer', { item: 'caller', answer: 'for me' }]);
await call.says('a person please', '', ['end_call', { reason: 'wants-person' }]);
const entries = await call.end();

function folderOf(t: TestContext, record: readonly Entry[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-replay-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const lines = (values: unknown[]) => values.map((value) => `${canonicalJson(value)}\n`).join('');
  writeFileSync(join(folder, 'entries.jsonl'), lines(record.map(({ header }) => header)));
  const payloads = record.map(({ header: { seq }, outer, inner, payload }) => ({
    ...{ seq, outer, payload },
    ...(inner === undefined ? {} : { inner }),
  }));
  writeFileSync(join(folder, 'payloads.jsonl'), lines(payloads));
  return folder;
}

function vestibule(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const main = join(root, 'apps/cli/src/main.ts');
  return new Promise((done) =>
    execFile(process.execPath, [main, 'record', 'replay', ...args], { cwd: root }, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    ),
  );
}

test('a record replays clean, and what was compared is counted', async (t) => {
  const { status, stdout, stderr } = await vestibule(folderOf(t, entries));
  assert.equal(status, 0, stderr);
  assert.match(stdout, /replays: 3 decisions and \d+ sentences of one worker are the same/);
});

test('one altered answer is named with its entry; redacted, nothing of the caller’s is shown', async (t) => {
  const at = entries.findIndex(({ header }) => header.kind === 'answer');
  const altered = JSON.parse(
    JSON.stringify(entries[at]?.payload).replaceAll('"code":"self"', '"code":"child"'),
  ) as unknown;
  const folder = folderOf(t, entries.with(at, { ...entries[at]!, payload: altered }));
  const { status, stderr } = await vestibule(folder);
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`diverges at entry ${at} \\(answer\\.piiEvents\\.0\\.value\\.code\\)`));
  assert.match(stderr, /recorded: "child"\n {2}replayed: "self"/);
  const redacted = await vestibule(folder, '--redacted');
  assert.equal(redacted.status, 1);
  assert.match(redacted.stderr, new RegExp(`diverges at entry ${at} `));
  assert.doesNotMatch(redacted.stderr, /child|self/);
});

test('a redacted record cannot be replayed, and the reason is given', async (t) => {
  const { status, stderr } = await vestibule(folderOf(t, entries.map(redactEntry)));
  assert.equal(status, 1);
  assert.match(stderr, /cannot be replayed: it is redacted/);
});
