import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectLegalHoldCommand,
} from '@aws-sdk/client-s3';
import { isCodedError, jsonLogger, newId, systemClock } from '@vestibule/core';
import {
  AccessLog,
  accessFault,
  type Archive,
  CallLog,
  createSigner,
  eraseCall,
  exportedFiles,
  findCall,
  Journal,
  keysUnder,
  localAuthority,
  MemoryCallKeys,
  MemoryLogStore,
  openEntry,
  openRecord,
  parseExport,
  readArchived,
  readObject,
  sealCall,
  type Signer,
  type StoredRecord,
  verifyRecord,
} from '@vestibule/record';
import { startWebhook, type Webhook } from './events.ts';
import { type S3Service, startS3 } from './versitygw.ts';

const tenant = 'lakeside';
const logger = jsonLogger('record-test', { write: () => undefined });
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const authority = localAuthority(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const keys = new MemoryCallKeys();
let webhook: Webhook;
let s3: S3Service;
let archive: Archive;
let signer: Signer;

before(async () => {
  webhook = await startWebhook();
  s3 = await startS3(webhook.url);
  archive = { client: s3.client, bucket: s3.bucket, retainUntil: () => new Date(Date.now() + 60_000) };
  signer = await createSigner(authority, { tenant, worker: newId('w') });
});
after(async () => {
  await s3.stop();
  await webhook.stop();
});

/** A call from its first entry to its seal, with a checkpoint in its middle and one after its end. */
async function sealedCall(words: string): Promise<{ callId: string; prefix: string }> {
  const callId = newId('call');
  const store = new MemoryLogStore();
  const lease = await store.claim(callId, 'w', 60_000);
  assert.ok(lease);
  const log = await CallLog.open(store, lease, keys);
  const live = () => [{ callId, ...log.durable }];
  const journal = new Journal({
    archive,
    signer: await createSigner(authority, { tenant, worker: newId('w') }),
    clock: systemClock,
    logger,
    live,
  });
  await log.append('call', {
    tenant,
    room: 'call-1',
    dialled: '+15550100100',
    edge: { decision: 'd', attestation: 'A', verified: true },
    questionnaire: { id: 'q', url: 'urn:q', version: '1' },
    models: { stt: 's', llm: 'l', tts: 't' },
  });
  await log.append('consent', { recording: true, piiWords: 'yes' });
  await journal.checkpoint();
  await log.append('final', { piiText: words, confidence: 1, startMs: 0, endMs: 1 });
  await log.append('end', { outcome: 'complete', by: 'agent', durationMs: 2 });
  const { prefix, root } = await sealCall(archive, {
    callId,
    entries: log.entries,
    key: log.key,
    signer,
    response: { resourceType: 'QuestionnaireResponse', status: 'completed' },
    items: { asked: 1, answered: 1 },
    now: new Date(),
  });
  journal.enter({ callId, decision: 'd', size: root.statement.size, root: root.statement.root });
  await journal.stop();
  return { callId, prefix };
}

async function read(callId: string): Promise<StoredRecord> {
  const prefix = await findCall(archive, tenant, callId);
  assert.ok(prefix);
  return readArchived(archive, tenant, prefix);
}

describe('a record in a real S3 server', () => {
  test('is found and verifies, with the checkpoints that saw it', async () => {
    const { callId } = await sealedCall('my knee hurts');
    const record = await read(callId);
    const verdict = verifyRecord(record, publicKey);
    assert.deepEqual(verdict.findings, []);
    assert.deepEqual([verdict.checkpoints, verdict.payloads.sealed], [2, 4]);
    assert.deepEqual(
      record.checkpoints.map(({ sighting }) => [sighting.size, sighting.final]),
      [
        [2, false],
        [4, true],
      ],
    );
  });

  test('holds nothing that was said but under the call’s key and in the transcript', async () => {
    const { callId, prefix } = await sealedCall('my knee hurts');
    for (const key of await keysUnder(archive, tenant)) {
      if (key.startsWith(`${prefix}/transcript.`)) continue;
      if (key.includes(callId)) assert.doesNotMatch((await readObject(archive, key)) ?? '', /knee/, key);
    }
    const record = await read(callId);
    const key = await keys.unwrap(callId, record.wrapped!);
    assert.match(JSON.stringify(openRecord(record, key)), /knee/);
  });

  test('is exported whole and redacted, and both verify without a key', async () => {
    const { callId } = await sealedCall('my knee hurts');
    const record = await read(callId);
    const entries = openRecord(record, await keys.unwrap(callId, record.wrapped!));
    for (const redacted of [false, true]) {
      const files = exportedFiles(record, entries, { redacted });
      assert.equal(/knee/.test([...files.values()].join()), !redacted);
      const parsed = parseExport(files.get('entries.jsonl')!, files.get('payloads.jsonl')!);
      const withheld = redacted
        ? ['transcript.json', 'transcript.txt', 'transcript.vtt', 'response.json']
        : [];
      const objects = new Map([...record.objects].filter(([name]) => !withheld.includes(name)));
      const { findings } = verifyRecord(
        { ...record, ...parsed, lineFaults: [], objects, withheld },
        publicKey,
      );
      assert.deepEqual(findings, []);
    }
  });

  test('keeps its commitments and roots from everybody, whatever rights they have', async () => {
    const { prefix } = await sealedCall('x');
    for (const name of ['entries.jsonl', 'root.json']) {
      const Key = `${prefix}/${name}`;
      const versions = await s3.client.send(
        new ListObjectVersionsCommand({ Bucket: s3.bucket, Prefix: Key }),
      );
      const VersionId = versions.Versions?.[0]?.VersionId;
      assert.ok(VersionId);
      const remove = { Bucket: s3.bucket, Key, VersionId, BypassGovernanceRetention: true };
      await assert.rejects(s3.client.send(new DeleteObjectCommand(remove)));
    }
  });

  test('is erased: no version of what the caller said is left, and the rest still verifies', async () => {
    const { callId, prefix } = await sealedCall('my knee hurts');
    const facts = { callId, at: new Date().toISOString(), who: 'tester', reason: 'asked for' };
    const { objects } = await eraseCall(archive, `${prefix}/`, facts);
    assert.deepEqual(objects.slice(0, 2), ['key.json', 'payloads.jsonl']);
    const versions = await s3.client.send(
      new ListObjectVersionsCommand({ Bucket: s3.bucket, Prefix: `${prefix}/` }),
    );
    const left = [...new Set((versions.Versions ?? []).map(({ Key }) => Key?.slice(prefix.length + 1)))];
    assert.deepEqual(left.sort(), ['entries.jsonl', 'erasure.json', 'manifest.json', 'root.json']);
    const record = await read(callId);
    const verdict = verifyRecord(record, publicKey);
    assert.deepEqual(verdict.findings, []);
    assert.equal(verdict.payloads.absent, 4);
    assert.deepEqual((await eraseCall(archive, `${prefix}/`, facts)).objects, objects, 'again is no fault');
    assert.deepEqual(verifyRecord(await read(callId), publicKey).findings, []);
  });

  test('under a legal hold is not erased, not even in part', async () => {
    const { callId, prefix } = await sealedCall('my knee hurts');
    const hold = (Status: 'ON' | 'OFF') =>
      s3.client.send(
        new PutObjectLegalHoldCommand({
          Bucket: s3.bucket,
          Key: `${prefix}/payloads.jsonl`,
          LegalHold: { Status },
        }),
      );
    await hold('ON');
    const facts = { callId, at: new Date().toISOString(), who: 'tester', reason: 'asked for' };
    await assert.rejects(eraseCall(archive, `${prefix}/`, facts), (error) => isCodedError(error, 'held'));
    const record = await read(callId);
    const key = await keys.unwrap(callId, record.wrapped!);
    assert.equal(record.entries.map((entry) => openEntry(key, entry)).length, 4);
    await hold('OFF');
  });
});

describe('the access log', () => {
  test('is one chain, whoever writes at once', async () => {
    const who = (index: number) =>
      new AccessLog(archive, 'others').append({ who: `p${index}`, action: 'show', granted: true });
    await Promise.all(Array.from({ length: 6 }, (_, index) => who(index)));
    const entries = await new AccessLog(archive, 'others').read();
    assert.equal(entries.length, 6);
    assert.equal(accessFault(entries), undefined);
    assert.equal(accessFault(entries.toSpliced(2, 1))?.seq, 2);
    assert.equal(accessFault(entries.with(3, { ...entries[3]!, who: 'nobody' }))?.seq, 4);
  });
});
