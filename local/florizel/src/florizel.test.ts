import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { florizelApp, Store } from './index.ts';
import { differences, operations } from './testing/contract.ts';

const clock = new ManualClock();
const logger = jsonLogger('test', { write: () => undefined });
const appOver = (store: Store) => florizelApp({ token: 'secret', store, clock, logger });
const app = appOver(new Store(undefined, clock));

interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}
function ask(path: string, { method = 'GET', body, headers = {} }: Ask = {}, of = app) {
  return of.request(path, {
    method,
    headers: { authorization: 'Bearer secret', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
const post = (path: string, key: string, body: unknown, of = app) =>
  ask(path, { method: 'POST', body, headers: { 'idempotency-key': key } }, of);

const seen = new Set<string>();
/** Every answer that the tests look at is held to the OpenAPI file. */
async function answer<T>(operationId: string, response: Response | Promise<Response>, status: number) {
  const got = await response;
  seen.add(operationId);
  assert.equal(got.status, status);
  assert.equal(await differences(operationId, got), null);
  const text = await got.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
interface CaseAnswer {
  caseId: string;
  reference: string;
  status: string;
}
interface ProblemAnswer {
  code: string;
  faults?: { path: string }[];
}

describe('patients', () => {
  test('are found by family name and birth date, whatever the case and accents', async () => {
    const { patients } = await answer<{ patients: { patientId: string }[] }>(
      'findPatient',
      ask('/patients?familyName=%C3%81LVAREZ&birthDate=1984-03-12'),
      200,
    );
    assert.deepEqual(
      patients.map((one) => one.patientId),
      ['p-1001'],
    );
  });

  test('are found by the telephone number on file, and an unknown one gives an empty list', async () => {
    const known = await answer<{ patients: unknown[] }>(
      'findPatient',
      ask('/patients?phone=%2B15550100123'),
      200,
    );
    const unknown = await answer<{ patients: unknown[] }>(
      'findPatient',
      ask('/patients?phone=%2B15550109999'),
      200,
    );
    assert.deepEqual([known.patients.length, unknown.patients.length], [1, 0]);
  });

  test('are not listed without something to find them by', async () => {
    for (const query of ['', '?familyName=Brown', '?birthDate=1948-09-23', '?phone=12', '?everyone=yes']) {
      const { code } = await answer<ProblemAnswer>('findPatient', ask(`/patients${query}`), 422);
      assert.equal(code, 'invalid-request');
    }
  });

  test('are read one by one', async () => {
    await answer('getPatient', ask('/patients/p-1002'), 200);
    await answer('getPatient', ask('/patients/p-9'), 404);
  });
});

describe('cases', () => {
  test('are opened once per key: the same again is the same case, another body is refused', async () => {
    const body = { reason: 'A refill', patientId: 'p-1001', callId: 'call_a' };
    const first = await answer<CaseAnswer>('createCase', post('/cases', 'key-1', body), 201);
    const again = await post('/cases', 'key-1', body);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.deepEqual(await answer('createCase', again, 201), first);
    const other = await answer<ProblemAnswer>(
      'createCase',
      post('/cases', 'key-1', { reason: 'Another' }),
      422,
    );
    assert.equal(other.code, 'idempotency-conflict');
    assert.equal(
      (await answer<{ cases: unknown[] }>('listCases', ask('/cases?callId=call_a'), 200)).cases.length,
      1,
    );
  });

  test('change, and the same change twice leaves them as they are', async () => {
    const { caseId } = await answer<CaseAnswer>('createCase', post('/cases', 'key-2', { reason: 'x' }), 201);
    const change = { method: 'PATCH', body: { status: 'closed', codes: [{ code: 'yes' }] } };
    const once = await answer<CaseAnswer>('updateCase', ask(`/cases/${caseId}`, change), 200);
    await clock.advance(1000);
    assert.deepEqual(await answer('updateCase', ask(`/cases/${caseId}`, change), 200), once);
    assert.deepEqual(await answer('getCase', ask(`/cases/${caseId}`), 200), once);
    await answer('updateCase', ask(`/cases/${caseId}`, { method: 'PATCH', body: {} }), 422);
    await answer('updateCase', ask('/cases/none', change), 404);
    await answer('getCase', ask('/cases/none'), 404);
  });

  test('are refused with every fault named, without a key, and for an unknown patient', async () => {
    const bad = await answer<ProblemAnswer>(
      'createCase',
      post('/cases', 'key-3', { reason: '', priority: 'now', extra: 1 }),
      422,
    );
    assert.deepEqual(bad.faults?.map((fault) => fault.path).sort(), ['', 'priority', 'reason']);
    await answer('createCase', ask('/cases', { method: 'POST', body: { reason: 'x' } }), 400);
    await answer('createCase', post('/cases', 'key-3', '{'), 400);
    const unknown = post('/cases', 'key-3', { reason: 'x', patientId: 'p-9' });
    assert.equal((await answer<ProblemAnswer>('createCase', unknown, 422)).code, 'unknown-patient');
  });
});

test('a call-back is booked once per key', async () => {
  const body = { phone: '+15550100123', notBefore: '2026-12-01T09:00:00-05:00' };
  const first = await answer('bookCallBack', post('/call-backs', 'key', body), 201);
  assert.deepEqual(await answer('bookCallBack', post('/call-backs', 'key', body), 201), first);
  await answer('bookCallBack', post('/call-backs', 'key', { phone: '+15550100124' }), 422);
});

describe('what is erased', () => {
  const erase = (path: string, of = app) => ask(path, { method: 'DELETE' }, of);

  test('is gone, and does not come back under its key', async () => {
    const body = { reason: 'A refill', callId: 'call_b', callBackNumber: '+15550100123' };
    const { caseId } = await answer<CaseAnswer>('createCase', post('/cases', 'key-4', body), 201);
    await answer('eraseCase', erase(`/cases/${caseId}`), 204);
    await answer('getCase', ask(`/cases/${caseId}`), 404);
    await answer('eraseCase', erase(`/cases/${caseId}`), 404);
    const late = await answer<ProblemAnswer>('createCase', post('/cases', 'key-4', body), 410);
    assert.equal(late.code, 'erased');
    const listed = await answer<{ cases: unknown[] }>('listCases', ask('/cases?callId=call_b'), 200);
    assert.deepEqual(listed.cases, []);
  });

  test('are call-backs too, found by their call', async () => {
    const body = { phone: '+15550100123', callId: 'call_b' };
    await answer('bookCallBack', post('/call-backs', 'key-5', body), 201);
    const list = () =>
      answer<{ callBacks: { callBackId: string }[] }>('listCallBacks', ask('/call-backs?callId=call_b'), 200);
    const [booked] = (await list()).callBacks;
    await answer('eraseCallBack', erase(`/call-backs/${booked?.callBackId}`), 204);
    await answer('eraseCallBack', erase(`/call-backs/${booked?.callBackId}`), 404);
    assert.deepEqual((await list()).callBacks, []);
    await answer('bookCallBack', post('/call-backs', 'key-5', body), 410);
    await answer('listCallBacks', ask('/call-backs'), 422);
  });

  test('is in the state file no more, nor after a restart; the rest is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'florizel-'));
    const service = appOver(new Store(folder, clock));
    const open = async (key: string, reason: string) =>
      answer<CaseAnswer>('createCase', post('/cases', key, { reason }, service), 201);
    const { caseId } = await open('k1', 'My knee hurts');
    const kept = await open('k2', 'A refill');
    await answer('eraseCase', erase(`/cases/${caseId}`, service), 204);
    assert.doesNotMatch(readFileSync(join(folder, 'florizel.jsonl'), 'utf8'), /knee/);
    const restarted = appOver(new Store(folder, clock));
    await answer('createCase', post('/cases', 'k1', { reason: 'My knee hurts' }, restarted), 410);
    assert.deepEqual(
      await answer('createCase', post('/cases', 'k2', { reason: 'A refill' }, restarted), 201),
      kept,
    );
    rmSync(folder, { recursive: true });
  });
});

test('nobody gets in without the token', async () => {
  for (const authorization of ['', 'Bearer wrong', 'Bearer secret2', 'secret']) {
    await answer('findPatient', ask('/patients', { headers: { authorization } }), 401);
  }
});

test('the tests above have seen every operation of the OpenAPI file', () => {
  assert.deepEqual([...operations].sort(), [...seen].sort());
});

test('trouble comes on request, for as many requests as asked, and then goes', async () => {
  const trouble = (body: object) => ask('/_local/faults', { method: 'POST', body });
  assert.equal((await trouble({ kind: 'refuse', next: 2 })).status, 204);
  assert.deepEqual(
    [await ask('/cases'), await ask('/cases'), await ask('/cases')].map((one) => one.status),
    [503, 503, 200],
  );
  await trouble({ kind: 'error', next: 1 });
  assert.equal((await ask('/cases')).status, 500);
  await trouble({ kind: 'slow', next: 1, ms: 5000 });
  const slow = ask('/cases');
  await clock.advance(5000);
  assert.equal((await slow).status, 200);
  assert.equal((await trouble({ kind: 'flood', next: 1 })).status, 422);
});

describe('the state file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'florizel-'));
  after(() => rmSync(folder, { recursive: true }));

  test('brings cases and keys through a restart, and through a kill in mid-write', async () => {
    const body = { reason: 'Keep me' };
    const first = await answer(
      'createCase',
      post('/cases', 'k', body, appOver(new Store(folder, clock))),
      201,
    );
    appendFileSync(join(folder, 'florizel.jsonl'), '{"kind":"case","val');
    const restarted = appOver(new Store(folder, clock));
    assert.deepEqual(await answer('createCase', post('/cases', 'k', body, restarted), 201), first);
    await answer('createCase', post('/cases', 'k2', { reason: 'After' }, restarted), 201);
    assert.equal(new Store(folder, clock).cases({}).length, 2);
  });
});
