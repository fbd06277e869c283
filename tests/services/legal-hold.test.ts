import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { isCodedError } from '@vestibule/core';
import { eraseCall, keysUnder, readArchived, setLegalHold, verifyRecord } from '@vestibule/record';
import { type Office, openOffice, takeCall, tenant } from './sealed-call.ts';

// Legal holds on a real S3 server.

let office: Office;

before(async () => {
  office = await openOffice({ isUnderHold: (dialled) => dialled === '+15550100100' });
});
after(() => office.stop());

const why = { at: new Date().toISOString(), who: 'tests', reason: 'asked for' };
const erase = (callId: string, prefix: string) => eraseCall(office.archive, prefix, { callId, ...why });
const isHeldError = (error: unknown) =>
  isCodedError(error, 'held') && /is under a legal hold\. Lift it first/.test((error as Error).message);

async function seal(dialled?: string): Promise<{ callId: string; prefix: string }> {
  const { callId, sealed } = await takeCall(office, { decision: 'd', ...(dialled && { dialled }) });
  return { callId, prefix: `${sealed!.prefix}/` };
}

async function locksOf(prefix: string): Promise<Record<string, string>> {
  const keys = await keysUnder(office.archive, prefix);
  const heads = await Promise.all(
    keys.map((Key) =>
      office.archive.client.send(new HeadObjectCommand({ Bucket: office.archive.bucket, Key })),
    ),
  );
  return Object.fromEntries(
    keys.map((key, index) => {
      const { ObjectLockMode: mode = 'NONE', ObjectLockLegalHoldStatus: hold = 'OFF' } = heads[index]!;
      return [key.slice(prefix.length), `${mode} ${hold}`];
    }),
  );
}

describe('a legal hold', () => {
  test('is on what holds a caller’s data, and on its key, from the moment of sealing', async () => {
    const { prefix } = await seal();
    assert.deepEqual(await locksOf(prefix), {
      'entries.jsonl': 'COMPLIANCE OFF',
      'key.json': 'NONE ON',
      'manifest.json': 'GOVERNANCE ON',
      'payloads.jsonl': 'GOVERNANCE ON',
      'response.json': 'GOVERNANCE ON',
      'root.json': 'COMPLIANCE OFF',
      'transcript.json': 'GOVERNANCE ON',
      'transcript.txt': 'GOVERNANCE ON',
      'transcript.vtt': 'GOVERNANCE ON',
    });
  });

  test('is not on a call to a number of which none is configured', async () => {
    const { prefix } = await seal('+15550100101');
    assert.doesNotMatch(Object.values(await locksOf(prefix)).join(), / ON/);
  });

  test('stands against erasure and against who may bypass governance, and is lifted by who may', async () => {
    const { callId, prefix } = await seal();
    await assert.rejects(erase(callId, prefix), isHeldError);
    const { VersionId } = await office.archive.client.send(
      new HeadObjectCommand({ Bucket: office.archive.bucket, Key: `${prefix}payloads.jsonl` }),
    );
    const Key = `${prefix}payloads.jsonl`;
    await assert.rejects(
      office.archive.client.send(
        new DeleteObjectCommand({
          Bucket: office.archive.bucket,
          Key,
          VersionId,
          BypassGovernanceRetention: true,
        }),
      ),
    );
    const { entries } = await readArchived(office.archive, tenant, prefix);
    assert.ok(
      entries.every(({ sealed }) => sealed !== undefined),
      'nothing was erased',
    );
    assert.equal(await setLegalHold(office.archive, prefix, false), 9);
    const { objects } = await erase(callId, prefix);
    assert.deepEqual(objects.slice(0, 2), ['key.json', 'payloads.jsonl']);
    const { findings } = verifyRecord(await readArchived(office.archive, tenant, prefix), office.anchor);
    assert.deepEqual(findings, []);
  });

  test('can be put on a call later', async () => {
    const { callId, prefix } = await seal('+15550100101');
    await setLegalHold(office.archive, prefix, true);
    await assert.rejects(erase(callId, prefix), isHeldError);
  });
});
