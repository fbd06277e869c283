import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isCodedError, ManualClock, newId } from '@vestibule/core';
import { CallLog } from '../log/call-log.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import { type S3Server, startS3 } from '../testing/s3-server.ts';
import { S3LogStore } from './s3-store.ts';

let s3: S3Server;
before(async () => (s3 = await startS3()));
after(() => s3.stop());

const keys = new MemoryCallKeys();
const code = (wanted: string) => (error: unknown) => isCodedError(error, wanted);

test('others see a lease end when they have looked for its whole length, by their own clock', async () => {
  const [mine, others] = [new ManualClock(), new ManualClock()];
  const [owner, other] = [mine, others].map((clock) => new S3LogStore(s3.client, s3.bucket, clock));
  assert.ok(owner && other);
  const callId = newId('call');
  const lease = await owner.claim(callId, 'w1', 1000);
  assert.ok(lease);
  await others.advance(60_000);
  assert.equal(await other.claim(callId, 'w2', 1000), undefined, 'the first look begins to count');
  await others.advance(900);
  await owner.renew(lease, 1000);
  await others.advance(900);
  assert.equal(await other.claim(callId, 'w2', 1000), undefined, 'it was renewed');
  await others.advance(1000);
  assert.equal((await other.claim(callId, 'w2', 1000))?.fence, 2);
  await assert.rejects(owner.renew(lease, 1000), code('fenced'));
});

test('what a refused writer left behind is never read', async () => {
  const store = new S3LogStore(s3.client, s3.bucket);
  const callId = newId('call');
  const lease = await store.claim(callId, 'w1', 60_000);
  assert.ok(lease);
  const log = await CallLog.open(store, lease, keys);
  await log.append('barge-in', { atMs: 1 });
  for (const seq of [0, 1]) {
    const Key = `live/${callId}/entries/${String(seq).padStart(8, '0')}-${'f'.repeat(64)}.json`;
    const [entry] = await store.read(callId);
    const Body = JSON.stringify({ header: JSON.stringify({ ...entry?.header, seq, writer: 'w0' }) });
    await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body }));
  }
  assert.deepEqual(
    (await store.read(callId)).map(({ hash }) => hash),
    log.entries.map(({ hash }) => hash),
  );
});

test('a bucket that is not there, and a server that is not, are told apart', async () => {
  await assert.rejects(new S3LogStore(s3.client, 'no-bucket').claim('c', 'w', 1), code('misconfigured'));
  const client = new S3Client({
    ...{ region: 'us-east-1', endpoint: 'http://127.0.0.1:1', forcePathStyle: true, maxAttempts: 1 },
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  await assert.rejects(new S3LogStore(client, 'b').claim('c', 'w', 1), code('unreachable'));
});
