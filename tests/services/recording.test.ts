import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  eraseCall,
  exportedFiles,
  findCall,
  manifestSchema,
  openRecord,
  readArchived,
  readBytes,
  type StoredRecord,
  verifyRecord,
} from '@vestibule/record';
import { type Office, openOffice, takeCall, tenant } from './sealed-call.ts';

let office: Office;
before(async () => (office = await openOffice()));
after(() => office.stop());

// No text: bytes that are no UTF-8 must come back as they were.
const body = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7) % 256);
const recording = { body, format: 'opus', startMs: 1000 } as const;

async function read(callId: string): Promise<StoredRecord> {
  const prefix = await findCall(office.archive, tenant, callId);
  assert.ok(prefix);
  return readArchived(office.archive, tenant, prefix);
}

test('a recording is sealed as it is, the signed root covers it, and its clock is in the manifest', async () => {
  const { callId } = await takeCall(office, { recording, turns: 3 });
  const record = await read(callId);
  assert.deepEqual(Buffer.from(record.recording!.body), Buffer.from(body));
  assert.deepEqual(verifyRecord(record, office.anchor).findings, []);
  const manifest = manifestSchema.parse(JSON.parse(record.texts.get('manifest.json')!));
  assert.deepEqual(manifest.recording, { name: 'recording.opus', startMs: 1000 });

  const objects = new Map([...record.objects, ['recording.opus', '0'.repeat(64)]]);
  const [finding] = verifyRecord({ ...record, objects }, office.anchor).findings;
  assert.match(JSON.stringify(finding), /recording\.opus/);
});

test('WebVTT follows the recording’s clock, and leaves out what was over before it', async () => {
  const { callId } = await takeCall(office, { recording, turns: 3 });
  const vtt = (await read(callId)).texts.get('transcript.vtt')!;
  assert.deepEqual(vtt.match(/^\d.*-->.*$/gm), [
    '00:00:00.000 --> 00:00:00.500',
    '00:00:01.000 --> 00:00:01.500',
  ]);
});

test('without recording consent no audio is sealed', async () => {
  const { callId } = await takeCall(office, { recording, consent: false });
  const record = await read(callId);
  assert.equal(record.recording, undefined);
  assert.doesNotMatch(record.texts.get('manifest.json')!, /recording\.opus/);
});

test('a redacted export is without it and says so; erasure deletes it, and what is left verifies', async () => {
  const { callId, sealed } = await takeCall(office, { recording });
  const record = await read(callId);
  const entries = openRecord(record, await office.keys.unwrap(callId, record.wrapped!));
  const files = exportedFiles(record, entries, { redacted: true });
  assert.match(files.get('withheld.json')!, /recording\.opus/);

  const prefix = `${sealed!.prefix}/`;
  const at = new Date().toISOString();
  await eraseCall(office.archive, prefix, { callId, at, who: 'w', reason: 'asked' });
  assert.equal(await readBytes(office.archive, `${prefix}recording.opus`), undefined);
  assert.deepEqual(verifyRecord(await read(callId), office.anchor).findings, []);
});
