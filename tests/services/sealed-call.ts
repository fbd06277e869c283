import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jsonLogger, newId, systemClock } from '@vestibule/core';
import {
  type Archive,
  type Authority,
  CallLog,
  createSigner,
  Journal,
  localAuthority,
  MemoryCallKeys,
  MemoryLogStore,
  type Sealed,
  sealCall,
  type Sealing,
} from '@vestibule/record';

import { startWebhook } from './events.ts';
import { type S3Service, startS3 } from './versitygw.ts';

export const tenant = 'lakeside';

export interface Office {
  s3: S3Service;
  archive: Archive;
  authority: Authority;
  keys: MemoryCallKeys;
  anchor: KeyObject;
  stop(): Promise<void>;
}

/** A real S3 server with keys of the test's own over its archive; what is sealed is locked for a minute. */
export async function openOffice(hold: Pick<Archive, 'isUnderHold'> = {}): Promise<Office> {
  const webhook = await startWebhook();
  const s3 = await startS3(webhook.url);
  const { client, bucket } = s3;
  const archive = { client, bucket, retainUntil: () => new Date(Date.now() + 60_000), ...hold };
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authority = localAuthority(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  const stop = async () => {
    await s3.stop();
    await webhook.stop();
  };
  return { s3, archive, authority, keys: new MemoryCallKeys(), anchor: publicKey, stop };
}

export interface CallOptions {
  decision?: string;
  dialled?: string;
  /** Ended and sealed, and its final root in the journal. */
  sealed?: boolean;
  registered?: boolean;
  /** Recording consent; yes when left out. */
  consent?: boolean;
  recording?: Sealing['recording'];
  /** How often the caller speaks. */
  turns?: number;
}

/** A short call under a worker of its own, with a checkpoint in its middle. */
export async function takeCall(
  { archive, authority, keys }: Office,
  options: CallOptions = {},
): Promise<{ callId: string; sealed?: Sealed }> {
  const { decision, dialled = '+15550100100', sealed = true, registered = true, turns = 1 } = options;
  const { consent = true, recording } = options;
  const callId = newId('call');
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim(callId, 'w', 60_000))!, keys);
  const signer = await createSigner(authority, { tenant, worker: newId('w') });
  const known = decision === undefined ? {} : { decision };
  const journal = new Journal({
    ...{ archive, signer, clock: systemClock },
    logger: jsonLogger('test', { write: () => undefined }),
    live: () => [{ callId, ...known, ...log.durable }],
  });
  await log.append('call', {
    ...{ tenant, room: 'call-1', dialled, piiCaller: '+15550100123' },
    edge: { ...known, attestation: 'A', verified: true },
    questionnaire: { id: 'q', url: 'urn:q', version: '1' },
    models: { stt: 's', llm: 'l', tts: 't' },
  });
  await log.append('consent', { recording: consent, piiWords: '' });
  await journal.checkpoint();
  if (!sealed) return { callId };
  for (let turn = 0; turn < turns; turn++)
    await log.append('final', {
      piiText: 'my knee “hurts”',
      confidence: 0.9,
      startMs: turn * 1000,
      endMs: turn * 1000 + 500,
    });
  await log.append('end', { outcome: 'complete', by: 'agent', durationMs: 2 });
  const record = await sealCall(archive, {
    ...{ callId, entries: log.entries, key: log.key, signer },
    response: { resourceType: 'QuestionnaireResponse', status: 'completed' },
    items: { asked: 1, answered: 1 },
    ...(recording ? { recording } : {}),
    now: new Date(),
  });
  const { size, root } = record.root.statement;
  if (registered) journal.enter({ callId, ...known, size, root });
  await (registered ? journal.stop() : Promise.resolve());
  return { callId, sealed: record };
}
