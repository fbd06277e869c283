import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { type EdgeGrant, mintEdgeGrant, verifyEdgeGrant } from './index.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const code = (expected: string) => (error: unknown) => isCodedError(error, expected);
const ofCall: EdgeGrant = { verb: 'subscribe', zone: 'a', sipCallId: 'id@x', decision: 'd-1', exp: 1030 };
const ofEdge: EdgeGrant = { verb: 'drain', zone: 'a', exp: 1030 };

test('a grant verifies with the public key until its expiry, and gives back its claims', () => {
  for (const grant of [ofCall, ofEdge]) {
    const token = mintEdgeGrant(grant, privateKey);
    assert.deepEqual(verifyEdgeGrant(token, publicKey, 1029), grant);
    assert.throws(() => verifyEdgeGrant(token, publicKey, 1030), code('expired-token'));
    assert.throws(() => verifyEdgeGrant(token, other.publicKey, 1000), code('bad-signature'));
  }
});

test('a grant that is good for longer than a minute is refused', () => {
  const token = mintEdgeGrant(ofCall, privateKey);
  assert.doesNotThrow(() => verifyEdgeGrant(token, publicKey, 970));
  assert.throws(() => verifyEdgeGrant(token, publicKey, 969), code('expired-token'));
});

test('a changed claim, another algorithm, audience or shape is refused', () => {
  const signed = (head: object, body: object) => {
    const text = [head, body]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const head = { alg: 'EdDSA', typ: 'JWT' };
  const body = {
    aud: 'vestibule-edge-control',
    verb: 'query',
    zone: 'a',
    exp: 1030,
    sub: 'c',
    decision: 'd',
  };
  assert.doesNotThrow(() => verifyEdgeGrant(signed(head, body), publicKey, 1000));
  for (const token of [
    signed({ alg: 'none', typ: 'JWT' }, body),
    signed(head, { ...body, aud: 'vestibule-mcp' }),
    signed(head, { ...body, verb: 'drain' }),
    signed(head, { ...body, sub: undefined }),
    signed(head, { ...body, verb: 'listen' }),
    `${signed(head, body)}.x`,
    'a.b.c',
    '',
    'x'.repeat(10_000),
  ])
    assert.throws(() => verifyEdgeGrant(token, publicKey, 1000), code('malformed-token'));
  const [first, , last] = signed(head, body).split('.');
  const forged = Buffer.from(JSON.stringify({ ...body, sub: 'another' })).toString('base64url');
  assert.throws(() => verifyEdgeGrant(`${first}.${forged}.${last}`, publicKey, 1000), code('bad-signature'));
});
