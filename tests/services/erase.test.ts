import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GetObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import { isCodedError } from '@vestibule/core';
import type { Handler } from '@vestibule/enrich';
import {
  AccessLog,
  CallLog,
  type CopyErasure,
  keysUnder,
  readObject,
  RedisLogStore,
  setLegalHold,
} from '@vestibule/record';
import { type RedisServer, startRedis } from '@vestibule/record/testing';
import { erase } from '../../apps/cli/src/commands/record/erase.ts';
import type { SystemEnvironment } from '../../apps/cli/src/environment.ts';
import { type EnrichServices, startEnrichServices } from './enrich-services.ts';

let on: EnrichServices;
let redis: RedisServer;
let handler: Handler;
let environment: SystemEnvironment;

before(async () => {
  [on, redis] = await Promise.all([startEnrichServices(), startRedis()]);
  handler = on.handlerOver();
  environment = {
    AWS_REGION: 'us-east-1',
    OPENSEARCH_URL: on.engineUrl,
    VESTIBULE_BACKEND_URL: on.florizel.url,
    VESTIBULE_BACKEND_TOKEN: on.token,
    VESTIBULE_FHIR_URL: `${on.fhir.url}/`,
    VESTIBULE_FHIR_TOKEN: on.token,
    VESTIBULE_LOG_URL: redis.url,
  };
});
after(async () => {
  await Promise.all([on.stop(), redis.stop()]);
});

const tenant = 'lakeside';
const access = () => new AccessLog(on.archive, tenant);

/** As `vestibule record erase` does it. */
async function eraseCall(callId: string, over: Partial<SystemEnvironment> = {}) {
  const pieces: string[] = [];
  const desk = { archive: on.archive, tenant, access: access(), who: 'tests', config: { enrich: {} } };
  const failure = await erase(
    desk,
    { ...environment, ...over },
    { callId, reason: 'asked for' },
    { write: (text) => pieces.push(text) },
  ).catch((error: unknown) => error);
  const noted = await readObject(on.archive, `lakeside/2026/11/23/${callId}/erasure.json`);
  const { copies = [] } = JSON.parse(noted ?? '{}') as { copies?: CopyErasure[] };
  const states = Object.fromEntries(copies.map(({ place, state }) => [place, state]));
  return { failure, text: pieces.join(''), copies, states };
}

/** An enriched call, a call-back that it asked for, and its log in its time of grace. */
async function enrichedCall(callId: string): Promise<string> {
  const prefix = await on.seal(callId);
  await handler(await on.eventFor(prefix));
  await fetch(`${on.florizel.url}/call-backs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${on.token}`, 'idempotency-key': callId },
    body: JSON.stringify({ phone: '+15550100123', callId }),
  });
  const store = await RedisLogStore.connect(redis.url, () => undefined);
  const lease = await store.claim(callId, 'w', 60_000);
  assert.ok(lease);
  const log = await CallLog.open(store, lease, on.keys);
  await log.append('consent', { recording: true, piiWords: 'my knee hurts' });
  await store.release(lease);
  await store.close();
  return prefix;
}

async function inLogStore(callId: string): Promise<number> {
  const store = await RedisLogStore.connect(redis.url, () => undefined);
  const entries = await store.read(callId);
  const key = await store.wrappedKey(callId);
  await store.close();
  return entries.length + (key === undefined ? 0 : 1);
}

async function callBacks(callId: string): Promise<unknown[]> {
  const headers = { authorization: `Bearer ${on.token}` };
  const response = await fetch(`${on.florizel.url}/call-backs?callId=${callId}`, { headers });
  return ((await response.json()) as { callBacks: unknown[] }).callBacks;
}

const everywhere = { 'log-store': 'purged', search: 'purged', backend: 'purged', fhir: 'purged' };

describe('erasing a call', () => {
  test('purges every copy, notes where, and leaves the audit event', async () => {
    const prefix = await enrichedCall('call_x1');
    assert.ok((await inLogStore('call_x1')) > 0 && (await callBacks('call_x1')).length === 1);
    const { failure, text, states, copies } = await eraseCall('call_x1');
    assert.equal(failure, undefined);
    assert.deepEqual(states, everywhere);
    assert.equal(await on.indexed('call_x1'), undefined);
    assert.deepEqual([await on.cases('call_x1'), await callBacks('call_x1')], [[], []]);
    assert.deepEqual(Object.keys(on.filed('call_x1')), ['AuditEvent']);
    assert.equal(await inLogStore('call_x1'), 0);
    const left = (await keysUnder(on.archive, `${prefix}/`)).map((key) => key.slice(prefix.length + 1));
    assert.deepEqual(left, ['entries.jsonl', 'erasure.json', 'manifest.json', 'root.json']);
    assert.match(text, /search +purged: index calls, document call_x1/);
    assert.doesNotMatch(JSON.stringify(copies), /knee|Alvarez|5550100123/);
  });

  test('again finds nothing, and is no fault', async () => {
    await enrichedCall('call_x2');
    await eraseCall('call_x2');
    const { failure, states } = await eraseCall('call_x2');
    assert.equal(failure, undefined);
    assert.deepEqual([...new Set(Object.values(states))], ['absent']);
  });

  test('that cannot reach a copy says so, fails, and purges it the next time', async () => {
    await enrichedCall('call_x3');
    const nowhere = 'http://127.0.0.1:9';
    const over = { VESTIBULE_FHIR_TOKEN: 'wrong', VESTIBULE_BACKEND_URL: nowhere, OPENSEARCH_URL: undefined };
    const { failure, text, states, copies } = await eraseCall('call_x3', over);
    assert.ok(isCodedError(failure, 'copies-left') && /^3 copies are left/.test(failure.message));
    assert.deepEqual(states, { 'log-store': 'purged', search: 'left', backend: 'left', fhir: 'left' });
    assert.deepEqual(copies.map(({ detail }) => detail).slice(1), [
      'OPENSEARCH_URL is not set',
      'it does not answer',
      'it answers 401',
    ]);
    assert.match(text, /fhir +NOT PURGED: Communication, Provenance, QuestionnaireResponse tagged call_x3/);
    const again = await eraseCall('call_x3');
    assert.equal(again.failure, undefined);
    assert.deepEqual(again.states, { ...everywhere, 'log-store': 'absent' });
  });

  test('tells of folders that were exported with the caller’s data, and of no others', async () => {
    await enrichedCall('call_x4');
    await access().append({ who: 'ada', action: 'export', callId: 'call_x4', granted: true });
    await access().append({
      who: 'bob',
      action: 'export',
      callId: 'call_x4',
      granted: true,
      detail: 'redacted',
    });
    await access().append({ who: 'eve', action: 'export', callId: 'call_x4', granted: false });
    const { failure, copies } = await eraseCall('call_x4');
    assert.equal(failure, undefined, 'no command could do more');
    const told = copies.filter(({ place }) => place === 'export');
    assert.deepEqual(
      told.map(({ state, what }) => [state, what.split(' at ')[0]]),
      [['elsewhere', 'folder exported by ada']],
    );
  });

  test('under a legal hold erases nothing anywhere', async () => {
    const prefix = await enrichedCall('call_x5');
    await setLegalHold(on.archive, `${prefix}/`, true);
    const { failure } = await eraseCall('call_x5');
    assert.ok(isCodedError(failure, 'held'));
    const told = (await access().read()).filter(
      ({ action, callId }) => action === 'erase' && callId === 'call_x5',
    );
    assert.deepEqual(
      told.map(({ granted }) => granted),
      [false],
    );
    assert.ok(await on.indexed('call_x5'));
    assert.equal((await on.cases('call_x5')).length, 1);
    assert.equal(Object.keys(on.filed('call_x5')).length, 4);
    await setLegalHold(on.archive, `${prefix}/`, false);
  });

  test('what is enriched under a legal hold is held too', async () => {
    const prefix = await on.seal('call_x7');
    await setLegalHold(on.archive, `${prefix}/`, true);
    await handler(await on.eventFor(prefix));
    const enrichment = { Bucket: on.archive.bucket, Key: `${prefix}/enrichment.json` };
    const { LegalHold } = await on.archive.client.send(new GetObjectLegalHoldCommand(enrichment));
    assert.equal(LegalHold?.Status, 'ON');
    await setLegalHold(on.archive, `${prefix}/`, false);
  });

  test('is not undone by an event that comes late', async () => {
    const prefix = await enrichedCall('call_x6');
    const event = await on.eventFor(prefix);
    await eraseCall('call_x6');
    for (const key of await keysUnder(on.archive, '_enrich/once/')) await on.remove(key); // a day later
    await handler(event);
    assert.equal(await on.indexed('call_x6'), undefined);
    assert.deepEqual(await on.cases('call_x6'), []);
    assert.deepEqual(Object.keys(on.filed('call_x6')), ['AuditEvent']);
  });
});
