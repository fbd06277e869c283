import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { callerMark, mintCallToken, verifyCallToken } from './index.ts';

const secret = 'a local secret of thirty-two bytes or more';
const claims = { callId: 'call_1', verified: true, tools: ['find_patient'], exp: 1_000 };
const code = (expected: string) => (error: unknown) => isCodedError(error, expected);

test('a minted token verifies until its expiry, and gives back its claims', () => {
  const token = mintCallToken(claims, secret);
  assert.deepEqual(verifyCallToken(token, secret, 999), claims);
  assert.throws(() => verifyCallToken(token, secret, 1_000), code('expired-token'));
});

test('a token signed with another key, or changed by one character, is refused', () => {
  const token = mintCallToken(claims, secret);
  assert.throws(() => verifyCallToken(token, `${secret}!`, 0), code('bad-signature'));
  const [head, body, signature] = token.split('.') as [string, string, string];
  const forged = Buffer.from(
    Buffer.from(body, 'base64url').toString().replace('"verified":true', '"verified":false'),
  ).toString('base64url');
  assert.throws(() => verifyCallToken(`${head}.${forged}.${signature}`, secret, 0), code('bad-signature'));
  assert.throws(() => verifyCallToken(`${head}.${body}.`, secret, 0), code('bad-signature'));
});

test('no other algorithm, audience or shape is accepted, even when rightly signed', () => {
  const resign = (head: object, body: object) => {
    const text = [head, body]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const body = { aud: 'vestibule-mcp', sub: 'call_1', verified: true, tools: [], exp: 9 };
  assert.doesNotThrow(() => verifyCallToken(resign({ alg: 'HS256', typ: 'JWT' }, body), secret, 0));
  for (const token of [
    resign({ alg: 'none', typ: 'JWT' }, body),
    resign({ alg: 'HS256', typ: 'JWT' }, { ...body, aud: 'elsewhere' }),
    resign({ alg: 'HS256', typ: 'JWT' }, { ...body, verified: 'yes' }),
    'a.b',
    '',
    'x'.repeat(10_000),
  ]) {
    assert.throws(() => verifyCallToken(token, secret, 0), code('malformed-token'));
  }
});

test('a short key is refused on both sides', () => {
  assert.throws(() => mintCallToken(claims, 'short'), code('weak-secret'));
  assert.throws(() => verifyCallToken(mintCallToken(claims, secret), 'short', 0), code('weak-secret'));
});

test('a token says whose call it is to who has the key, and to nobody else', () => {
  const number = '+15550100123';
  const token = mintCallToken({ ...claims, caller: callerMark('call_1', number, secret) }, secret);
  const { caller } = verifyCallToken(token, secret, 0);
  assert.equal(caller, callerMark('call_1', number, secret));
  assert.notEqual(caller, callerMark('call_2', number, secret));
  assert.notEqual(caller, callerMark('call_1', number, secret.toUpperCase()));
  assert.doesNotMatch(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(), /5550100123/);
});
