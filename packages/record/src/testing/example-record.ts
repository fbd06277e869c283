import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ManualClock } from '@vestibule/core';
import { canonicalJson } from '@vestibule/core';
import { headerLines, openedLines } from '../archive/exported.ts';
import { CallLog } from '../log/call-log.ts';
import { leafHash, merkleRoot } from '../merkle/tree.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import type { CheckpointStatement, SightedCheckpoint, SignedCallRoot } from '../signing/statements.ts';
import { createSigner, localAuthority, type Signer } from '../signing/worker-key.ts';
import { MemoryLogStore } from '../store/memory-store.ts';
import { sha256Hex } from '../digest.ts';

export interface ExampleRecord {
  /** The files of an exported folder, by name. */
  files: Map<string, string>;
  anchor: KeyObject;
  signer: Signer;
}

const tenant = 'lakeside';

export async function createAnchored(worker = 'w1'): Promise<{ anchor: KeyObject; signer: Signer }> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return {
    anchor: publicKey,
    signer: await createSigner(localAuthority(pem), { tenant, worker }, new ManualClock()),
  };
}

/**
 * A short call, exported: `words` is what the caller said, `times` over. A checkpoint saw its first three entries, another all of them.
 */
export async function exampleRecord(
  callId: string,
  words: string,
  { anchor, signer }: { anchor: KeyObject; signer: Signer },
  times = 1,
): Promise<ExampleRecord> {
  const clock = new ManualClock();
  const store = new MemoryLogStore(clock);
  const lease = (await store.claim(callId, 'w1', 3_600_000))!;
  const log = await CallLog.open(store, lease, new MemoryCallKeys(), clock);
  const checkpoints: SightedCheckpoint[] = [];
  await log.append('call', {
    tenant,
    room: 'call-1',
    dialled: '+15550100100',
    piiCaller: '+15550100123',
    edge: { decision: `decision-of-${callId}`, attestation: 'A', verified: true },
    questionnaire: { id: 'new-patient', url: 'urn:new-patient', version: '1' },
    models: { stt: 's', llm: 'l', tts: 't' },
  });
  await log.append('consent', { recording: true, piiWords: 'yes' });
  await log.append('said', { piiText: 'Why are you calling?', source: 'script' });
  checkpoints.push(sight(log, signer, checkpoints.length, clock));
  await clock.advance(3000);
  for (let i = 0; i < times; i++)
    await log.append('final', { piiText: words, confidence: 1, startMs: 5, endMs: 9 });
  await log.append('answer', { linkId: 'reason', piiInput: { value: words }, piiEvents: [] });
  await log.append('end', { outcome: 'complete', by: 'agent', durationMs: 20 });
  checkpoints.push(sight(log, signer, checkpoints.length, clock));
  const response = JSON.stringify({ resourceType: 'QuestionnaireResponse', status: 'completed' });
  const files = new Map([
    ['entries.jsonl', headerLines(log.entries)],
    ['payloads.jsonl', openedLines(log.entries)],
    ['response.json', response],
    ['checkpoints.jsonl', checkpoints.map((one) => `${JSON.stringify(one)}\n`).join('')],
    ['root.json', JSON.stringify(signedRoot(log, signer, clock, sha256Hex(response)))],
  ]);
  return { files, anchor, signer };
}

function signedRoot(log: CallLog, signer: Signer, clock: ManualClock, response: string): SignedCallRoot {
  const leaves = log.entries.map(({ hash }) => hash);
  const statement = {
    type: 'vestibule/call-root/1' as const,
    tenant,
    callId: log.callId,
    decision: `decision-of-${log.callId}`,
    size: leaves.length,
    root: merkleRoot(leaves.map((leaf) => Buffer.from(leaf, 'hex'))).toString('hex'),
    head: log.head,
    at: new Date(clock.now()).toISOString(),
    objects: [{ name: 'response.json', sha256: response }],
  };
  return { statement, signature: signer.sign(statement), certificate: signer.certificate, leaves };
}

/** A checkpoint over this call and another one. */
function sight(log: CallLog, signer: Signer, seq: number, clock: ManualClock): SightedCheckpoint {
  const sighting = { callId: log.callId, ...log.durable, final: false };
  const other = leafHash('another call');
  const statement: CheckpointStatement = {
    type: 'vestibule/checkpoint/1',
    tenant,
    worker: 'w1',
    seq,
    previous: '0'.repeat(64),
    at: new Date(clock.now()).toISOString(),
    size: 2,
    root: merkleRoot([leafHash(canonicalJson(sighting)), other]).toString('hex'),
  };
  return {
    statement,
    signature: signer.sign(statement),
    certificate: signer.certificate,
    sighting,
    index: 0,
    proof: [other.toString('hex')],
  };
}
