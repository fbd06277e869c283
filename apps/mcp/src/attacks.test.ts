import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { describe, test } from 'node:test';
import { mintCallToken } from '@vestibule/call-token';
import { allow, call, callerNumber, connect, mcp, secret, told, token } from './testing/served.ts';

describe('a verified caller', () => {
  const others = { familyName: 'Okafor', birthDate: '1971-11-30' };

  test('finds the own record, and of nobody else’s any word, whatever was asked for', async () => {
    const client = await connect();
    for (const args of [others, { phone: '+15550100124' }]) {
      const found = await call(client, 'find_patient', args);
      assert.deepEqual(found.structuredContent, { patients: [] });
      assert.doesNotMatch(JSON.stringify(found), /p-1002|Northern Mutual/);
    }
  });

  test('whose token is another’s sees the other’s alone', async () => {
    const client = await connect({ number: '+15550100124' });
    const found = await call(client, 'find_patient', others);
    assert.match(JSON.stringify(found.structuredContent), /p-1002/);
    const maria = await call(client, 'find_patient', { phone: callerNumber });
    assert.deepEqual(maria.structuredContent, { patients: [] });
  });

  test('whose token has no caller finds nobody', async () => {
    const claims = { callId: 'call_1', verified: true, tools: allow, exp: 4e9 };
    const client = await connect({}, mcp.url, mintCallToken(claims, secret));
    const found = await call(client, 'find_patient', { phone: callerNumber });
    assert.deepEqual(found.structuredContent, { patients: [] });
  });

  test('changes a case of this call or of the own number, and no other', async () => {
    const [mine, later, other] = [
      await connect({ callId: 'call_mine' }),
      await connect({ callId: 'call_later' }),
      await connect({ callId: 'call_other', number: '+15550100124' }),
    ];
    const opened = await call(mine, 'create_case', { reason: 'A refill', callBackNumber: callerNumber });
    const change = { caseId: opened.structuredContent?.['caseId'], summary: 'Two boxes' };
    const refused = await call(other, 'update_case', change);
    assert.equal(told(refused).error, 'not-found');
    assert.deepEqual(told(refused).faults, [{ path: 'caseId', message: 'names no record of this caller' }]);
    assert.equal((await call(later, 'update_case', change)).structuredContent?.['summary'], 'Two boxes');
  });

  test('opens no case in another patient’s name, and an unverified one in nobody’s', async () => {
    const args = { reason: 'A refill', patientId: 'p-1002' };
    assert.equal(told(await call(await connect(), 'create_case', args)).error, 'not-found');
    const own = { ...args, patientId: 'p-1001' };
    assert.equal((await call(await connect(), 'create_case', own)).isError, undefined);
    assert.equal(told(await call(await connect({ verified: false }), 'create_case', own)).error, 'not-found');
  });

  test('has no way round by dots and slashes in an id', async () => {
    const client = await connect();
    for (const caseId of ['..', '.', '../patients', '..%2fpatients', 'a/../../patients', 'x?y', '']) {
      const { error } = told(await call(client, 'update_case', { caseId, summary: 'x' }));
      assert.equal(error, 'invalid-arguments', caseId);
    }
  });
});

describe('a client that means harm', () => {
  const post = (body: unknown) =>
    fetch(mcp.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${token()}`,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

  test('gets no answer to a request larger than any intake needs, to a batch, or to what is no message', async () => {
    assert.equal((await post({ ...list, params: { x: 'x'.repeat(100_000) } })).status, 413);
    assert.equal((await post(Array.from({ length: 50 }, (_, id) => ({ ...list, id })))).status, 400);
    for (const body of ['{', 'null', '7', '{"jsonrpc":"2.0"}', '"x"'])
      assert.equal((await post(body)).status, 400, body);
  });

  test('holds a connection for seconds only when it sends a letter at a time', async () => {
    const { hostname, port } = new URL(mcp.url);
    const socket = createConnection(Number(port), hostname);
    socket.write('POST /mcp HTTP/1.1\r\nhost: x\r\n');
    const drip = setInterval(() => socket.write('a: b\r\n'), 200);
    let answered = '';
    socket.on('data', (piece) => (answered += String(piece)));
    await once(socket, 'close');
    clearInterval(drip);
    assert.match(answered, /^HTTP\/1\.1 408 /);
  });
});
