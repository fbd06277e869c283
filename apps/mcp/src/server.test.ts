import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backend, call, connect, log, mcp, start, stops, told, token } from './testing/served.ts';

describe('a call’s token', () => {
  const post = (authorization: string, headers: Record<string, string> = {}) =>
    fetch(mcp.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization,
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });

  test('is needed, and must be signed, unexpired and whole', async () => {
    const refused = ['', 'Bearer x', 'Basic eDp4', `Bearer ${token({ exp: 1 })}`, `Bearer ${token()}x`];
    for (const authorization of refused) {
      const response = await post(authorization);
      assert.equal(response.status, 401);
      assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer /);
    }
    assert.equal((await post(`Bearer ${token()}`)).status, 200);
  });

  test('is not taken from a web page', async () => {
    assert.equal((await post(`Bearer ${token()}`, { origin: 'https://example.org' })).status, 403);
  });

  test('names the tools that are listed and that can be called', async () => {
    const client = await connect({ tools: ['create_case'] });
    assert.deepEqual(
      (await client.listTools()).tools.map(({ name }) => name),
      ['create_case'],
    );
    await assert.rejects(call(client, 'find_patient', { phone: '+15550100123' }), /no such tool/);
  });

  test('does not make a tool that vestibule.yaml leaves out', async () => {
    const client = await connect({ tools: ['get_patient', 'find_patient'] });
    assert.deepEqual(
      (await client.listTools()).tools.map(({ name }) => name),
      ['find_patient'],
    );
    await assert.rejects(call(client, 'get_patient', { patientId: 'p-1001' }), /no such tool/);
  });

  test('of an unverified caller reads nothing that is held, and can still open a case', async () => {
    const client = await connect({ verified: false });
    const looked = await call(client, 'find_patient', { phone: '+15550100123' });
    assert.equal(looked.isError, true);
    assert.equal(looked.structuredContent, undefined);
    assert.equal(told(looked).error, 'caller-not-verified');
    assert.doesNotMatch(JSON.stringify(looked), /Alvarez|p-1001/);
    const changed = await call(client, 'update_case', { caseId: 'case_x', status: 'closed' });
    assert.equal(told(changed).error, 'caller-not-verified');
    assert.equal((await call(client, 'create_case', { reason: 'A question' })).isError, undefined);
  });
});

describe('the backend’s tools', () => {
  test('find a patient, with structured content that the SDK’s client holds to the output schema', async () => {
    const client = await connect();
    await client.listTools();
    const result = await call(client, 'find_patient', {
      familyName: 'alvarez',
      birthDate: '1984-03-12',
      phone: '',
    });
    const { patients } = result.structuredContent as { patients: { patientId: string }[] };
    assert.deepEqual(
      patients.map(({ patientId }) => patientId),
      ['p-1001'],
    );
  });

  test('open one case per key, whichever way the key comes, and per arguments without one', async () => {
    const client = await connect({ callId: 'call_keys' });
    const open = async (args: object, meta?: object) =>
      (await call(client, 'create_case', args, meta)).structuredContent?.['caseId'];
    const meta = { 'vestibule/idempotencyKey': 'entry-7' };
    const first = await open({ reason: 'A refill' }, meta);
    assert.equal(await open({ reason: 'A refill' }, meta), first);
    assert.equal(await open({ reason: 'A refill', idempotencyKey: 'entry-7' }), first);
    const without = await open({ reason: 'A refill' });
    assert.notEqual(without, first);
    assert.equal(await open({ reason: 'A refill' }), without);
    assert.equal(
      told(await call(client, 'create_case', { reason: 'Other' }, meta)).error,
      'idempotency-conflict',
    );
  });

  test('keep one call’s keys from another call’s cases, and note which call a case came from', async () => {
    const [one, two] = [await connect({ callId: 'call_a' }), await connect({ callId: 'call_b' })];
    const args = { reason: 'Same words', idempotencyKey: '1' };
    const [a, b] = [await call(one, 'create_case', args), await call(two, 'create_case', args)];
    assert.notEqual(a.structuredContent?.['caseId'], b.structuredContent?.['caseId']);
    assert.equal(a.structuredContent?.['callId'], 'call_a');
  });

  test('refuse arguments out of schema before the backend hears of them', async () => {
    const client = await connect();
    for (const args of [
      {},
      { reason: 7 },
      { reason: 'x', callId: 'call_other' },
      { reason: 'x', priority: 'now' },
    ]) {
      assert.equal(told(await call(client, 'create_case', args)).error, 'invalid-arguments');
    }
    const key = await call(client, 'create_case', { reason: 'x', idempotencyKey: 'a\nb' });
    assert.equal(told(key).error, 'invalid-arguments');
  });

  test('pass on what the backend finds wrong with the arguments', async () => {
    const { error, faults } = told(await call(await connect(), 'find_patient', { familyName: 'Brown' }));
    assert.equal(error, 'invalid-arguments');
    assert.deepEqual(faults, [
      { path: '', message: 'give the phone, or the family name and the birth date' },
    ]);
  });
});

describe('when the backend is in trouble', () => {
  const troubles = [
    { fault: { kind: 'refuse', next: 1 }, code: 'backend-unavailable' },
    { fault: { kind: 'error', next: 1 }, code: 'backend-failed' },
    { fault: { kind: 'slow', next: 1, ms: 30_000 }, code: 'backend-timeout' },
    { fault: { kind: 'never-ending', next: 1 }, code: 'backend-failed' },
  ];
  for (const { fault, code } of troubles) {
    test(`${fault.kind}: the caller can be told, and the agent knows to try later`, async () => {
      const client = await connect();
      await backend.trouble(fault);
      const result = await call(client, 'find_patient', { phone: '+15550100123' });
      const { error, speakable, retryable } = told(result);
      assert.deepEqual([result.isError, error, retryable], [true, code, true]);
      assert.match(speakable ?? '', /staff/);
      assert.deepEqual(result._meta?.['vestibule/failure'], { code, retryable: true });
    });
  }

  test('down from the start: the tools that do not need it are there, its own say so, and readiness waits', async () => {
    const alone = await start('http://127.0.0.1:9');
    stops.push(() => alone.stop());
    assert.equal((await fetch(alone.url.replace('/mcp', '/healthz'))).status, 503);
    assert.equal((await fetch(alone.url.replace('/mcp', '/livez'))).status, 200);
    const client = await connect({}, alone.url);
    assert.deepEqual(
      (await client.listTools()).tools.map(({ name }) => name),
      ['search_knowledge'],
    );
    assert.equal(told(await call(client, 'create_case', { reason: 'x' })).error, 'backend-unavailable');
  });
});

test('a search without OpenSearch fails in words that can be spoken', async () => {
  const { error, speakable } = told(await call(await connect(), 'search_knowledge', { query: 'parking' }));
  assert.equal(error, 'knowledge-unavailable');
  assert.match(speakable ?? '', /look that up/);
});

test('the questionnaires, their rules and their catalogue are resources, and nothing beside them is', async () => {
  const client = await connect();
  const text = async (uri: string) => {
    const [content] = (await client.readResource({ uri })).contents;
    return content && 'text' in content ? content.text : '';
  };
  const { resources } = await client.listResources();
  assert.deepEqual(
    resources.map(({ uri }) => uri),
    ['questionnaire:///', 'questionnaire:///broken', 'questionnaire:///new-patient'],
  );
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.deepEqual(
    resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    ['questionnaire:///{name}', 'questionnaire:///{name}/rules'],
  );
  assert.equal(await text('questionnaire:///broken'), 'title: New patient\n');
  const catalogue = JSON.parse(await text('questionnaire:///')) as { name: string; valid: boolean }[];
  assert.deepEqual(
    catalogue.map(({ name, valid }) => [name, valid]),
    [
      ['broken', false],
      ['new-patient', true],
    ],
  );
  const rules = JSON.parse(await text('questionnaire:///new-patient/rules')) as {
    items: { linkId: string; readBack: string }[];
    redFlags: { id: string }[];
  };
  assert.ok(rules.redFlags.length > 0 && rules.items.some(({ readBack }) => readBack === 'always'));
  for (const uri of [
    'questionnaire:///../vestibule',
    'questionnaire:///none',
    'questionnaire:///broken/rules',
    'file:///etc/passwd',
  ]) {
    await assert.rejects(client.readResource({ uri }), /no such resource/);
  }
});

test('the log holds ids, durations and codes, and nothing that was said or found', async () => {
  const client = await connect({ callId: 'call_logged' });
  await call(client, 'find_patient', { familyName: 'Alvarez', birthDate: '1984-03-12' });
  const line = log
    .map((text) => JSON.parse(text) as Record<string, unknown>)
    .find((one) => one['callId'] === 'call_logged');
  const { tool, outcome, ms } = line ?? {};
  assert.deepEqual([tool, outcome, typeof ms], ['find_patient', 'answered', 'number']);
  assert.doesNotMatch(log.join(''), /Alvarez|1984|refill|\+1555/);
});
