import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enrich } from '../enrichment/enrichment.ts';
import { exampleRecord } from '../testing/record.ts';
import { fileCase } from './backend.ts';

/** Files the example's case with a flag of this severity. @returns the requests */
async function filed(severity?: string, status = 200) {
  const record = exampleRecord('call_1');
  const enrichment = enrich(record);
  const redFlags = severity === undefined ? [] : [{ id: 'x', severity }];
  const requests: Request[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    requests.push(new Request(input, init));
    return Response.json({ caseId: 'case_1' }, { status });
  };
  const of = { ...enrichment, summary: { ...enrichment.summary, redFlags } };
  const caseId = await fileCase({ url: 'https://backend.test', token: 't', fetch }, record, of);
  return { caseId, requests };
}

test('a case is opened under the call’s id, with a body that never differs, and then brought up to date', async () => {
  const { caseId, requests } = await filed();
  const [open, change] = requests;
  assert.equal(caseId, 'case_1');
  assert.equal(open?.headers.get('idempotency-key'), 'call_1');
  assert.deepEqual(await open?.json(), { reason: 'Telephone intake new-patient', callId: 'call_1' });
  assert.deepEqual([change?.method, change?.url], ['PATCH', 'https://backend.test/cases/case_1']);
});

test('a red flag makes it urgent, a concern does not', async () => {
  const priorities = { emergency: 'urgent', urgent: 'urgent', other: 'urgent', concern: 'routine' };
  for (const [severity, priority] of Object.entries(priorities)) {
    const { requests } = await filed(severity);
    assert.equal(((await requests[1]?.json()) as { priority: string }).priority, priority, severity);
  }
  assert.equal(((await (await filed()).requests[1]?.json()) as { priority: string }).priority, 'routine');
});

test('what may pass comes again, what will not does not', async () => {
  for (const status of [408, 429, 500, 503])
    await assert.rejects(filed('urgent', status), { code: 'backend-unavailable' });
  for (const status of [400, 401, 410, 422])
    await assert.rejects(filed('urgent', status), { code: 'backend-refused' });
});
