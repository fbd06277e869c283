import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Client } from '@opensearch-project/opensearch';
import { jsonLogger } from '@vestibule/core';
import { makeHandler, readQuestionnaires, type Services } from '@vestibule/enrich';
import { startFlorizel } from '@vestibule/local-florizel';
import { type Environment as AwsEnvironment, startLocalAws } from '@vestibule/local-aws';
import { startLocalFhir } from '@vestibule/local-fhir';
import {
  type Archive,
  createSigner,
  keysUnder,
  localAuthority,
  MemoryCallKeys,
  readObject,
  sealCall,
} from '@vestibule/record';
import type { S3Event } from 'aws-lambda';
import { exampleLog, exampleResponse } from '../../apps/enrich/src/testing/record.ts';
import { lambdaEvent } from '../../local/stack/src/s3-events/notification.ts';
import { startWebhook } from './events.ts';
import { startOpenSearch } from './opensearch.ts';
import { startS3 } from './versitygw.ts';

const token = 'the token of the tests';
const logger = jsonLogger('services-test', { write: () => undefined });
const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const signer = await createSigner(localAuthority(privateKey as string), { tenant: 'lakeside', worker: 'w' });
const awsEnvironment: AwsEnvironment = {
  listen: { host: '127.0.0.1', port: 0 },
  latency: 'zero',
  seed: 1,
  credentials: { accessKeyId: 'tests', secretAccessKey: 'the key of the tests' },
  vocabularies: 'none',
};
const questionnaires = fileURLToPath(new URL('../../examples/questionnaires', import.meta.url));

interface BusEvent {
  source: string;
  'detail-type': string;
  time: string;
  detail: Record<string, unknown>;
}

/** All that enrichment reads and writes, real where it can be, on free ports; and what a test asks of it. */
export async function startEnrichServices() {
  const webhook = await startWebhook();
  const at = { host: '127.0.0.1', port: 0, token };
  const [engine, s3, florizel, fhir, aws] = await Promise.all([
    startOpenSearch(),
    startS3(webhook.url),
    startFlorizel({ ...at, data: undefined }, logger),
    startLocalFhir(at, logger),
    startLocalAws(awsEnvironment, {
      recognise: () => assert.fail('nobody speaks here'),
      log: logger,
    }),
  ]);
  const bus = new EventBridgeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${aws.port}`,
    credentials: awsEnvironment.credentials,
    // The fault that a test plans is to be seen, not tried again.
    maxAttempts: 1,
  });
  const openSearch = new Client({ node: engine.url });
  const keys = new MemoryCallKeys();
  const services: Services = {
    s3: s3.client,
    bucket: s3.bucket,
    keysOf: () => keys,
    openSearch,
    backend: { url: florizel.url, token, fetch: globalThis.fetch },
    fhir: { url: fhir.url, token, fetch: globalThis.fetch },
    events: { client: bus, name: 'intake' },
    questionnaires: readQuestionnaires(questionnaires),
  };
  const archive: Archive = {
    client: s3.client,
    bucket: s3.bucket,
    retainUntil: () => new Date(Date.now() + 60_000),
  };
  const authorised = { headers: { authorization: `Bearer ${token}` } };
  const fault = async (url: string, kind: string, next: number) => {
    await fetch(`${new URL(url).origin}/_local/faults`, {
      ...authorised,
      method: 'POST',
      body: JSON.stringify({ kind, next }),
    });
  };

  return {
    services,
    archive,
    keys,
    engineUrl: engine.url,
    openSearch,
    fhir,
    florizel,
    token,
    handlerOver: (some: Partial<Services> = {}) => makeHandler({ ...services, ...some }),
    async seal(callId: string, options: { consent?: boolean; response?: unknown; now?: Date } = {}) {
      const { consent = true, response = exampleResponse, now = new Date() } = options;
      const entries = exampleLog(callId, { consent });
      const key = await keys.create(callId);
      const items = { asked: 6, answered: 5 };
      return (await sealCall(archive, { callId, entries, key, signer, response, items, now })).prefix;
    },
    /** The event that the real S3 server sent for the manifest, as the local runner hands it on. */
    async eventFor(prefix: string): Promise<S3Event> {
      const event = lambdaEvent(await webhook.about(`${prefix}/manifest.json`), '/manifest.json');
      return event as unknown as S3Event;
    },
    async indexed(callId: string): Promise<Record<string, unknown> | undefined> {
      const found = await openSearch.get({ index: 'calls', id: callId }, { ignore: [404] });
      return found.body._source as Record<string, unknown> | undefined;
    },
    async cases(callId: string) {
      const response = await fetch(`${florizel.url}/cases?callId=${callId}`, authorised);
      return ((await response.json()) as { cases: Record<string, unknown>[] }).cases;
    },
    /** The call's FHIR resources, by type. */
    filed(callId: string) {
      const ofCall = fhir.store.all().filter(({ meta }) => meta?.tag?.some(({ code }) => code === callId));
      return Object.groupBy(ofCall, ({ resourceType }) => resourceType);
    },
    backendFault: (kind: 'refuse' | 'error', next: number) => fault(florizel.url, kind, next),
    fhirFault: (kind: 'throttle' | 'unavailable' | 'conflict' | 'after', next: number) =>
      fault(fhir.url, kind, next),
    eventFault: (kind: 'throttle' | 'error') =>
      fetch(`http://127.0.0.1:${aws.port}/_local/faults`, {
        method: 'POST',
        body: JSON.stringify({ service: 'events', kind }),
      }),
    /** No fault that was planned strikes any more. */
    async calm() {
      await fault(florizel.url, 'refuse', 0);
      await fault(fhir.url, 'unavailable', 0);
      await fetch(`http://127.0.0.1:${aws.port}/_local/faults`, { method: 'DELETE' });
    },
    /** What was put on the bus about a call. */
    async announced(callId: string) {
      const response = await fetch(`http://127.0.0.1:${aws.port}/_local/events`);
      const { events } = (await response.json()) as { events: { bus: string; event: BusEvent }[] };
      return events.filter(({ event }) => event.detail['callId'] === callId);
    },
    async read(key: string) {
      const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as Record<string, unknown>;
    },
    put: (key: string, body: string) =>
      s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: key, Body: body })),
    /** Every version of an object, as erasure does. */
    async remove(key: string) {
      for (const { VersionId } of await this.versionsOf(key)) {
        await s3.client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: key, VersionId }));
      }
    },
    /** The dead letters about a call, or about a message. */
    async deadLetters(name: string) {
      const letters = await keysUnder(archive, '_enrich/dead-letters/');
      const read = letters.filter((key) => key.includes(name)).map(async (key) => readObject(archive, key));
      return (await Promise.all(read)).map((text) => JSON.parse(text ?? '') as Record<string, unknown>);
    },
    async versionsOf(key: string) {
      const listed = await s3.client.send(new ListObjectVersionsCommand({ Bucket: s3.bucket, Prefix: key }));
      return listed.Versions ?? [];
    },
    async stop() {
      await openSearch.close();
      await Promise.all([engine.stop(), s3.stop(), florizel.stop(), fhir.stop(), aws.close()]);
      bus.destroy();
      await webhook.stop();
    },
  };
}
export type EnrichServices = Awaited<ReturnType<typeof startEnrichServices>>;
