import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalPath,
  canonicalQuery,
  canonicalRequest,
  requestSignature,
  sha256Hex,
  signingKey,
} from './signature.ts';

test('the GET of the IAM example in AWS’s Signature Version 4 documentation', () => {
  const scope = { date: '20150830', region: 'us-east-1', service: 'iam' };
  const canonical = canonicalRequest({
    method: 'GET',
    path: '/',
    query: 'Action=ListUsers&Version=2010-05-08',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      host: 'iam.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
    },
    signedHeaders: ['content-type', 'host', 'x-amz-date'],
    payloadHash: sha256Hex(''),
  });
  assert.equal(sha256Hex(canonical), 'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59');
  const key = signingKey('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', scope);
  assert.equal(
    requestSignature(key, '20150830T123600Z', scope, canonical),
    '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

test('paths are encoded a second time, queries sorted', () => {
  assert.equal(canonicalPath('/model/a%3A0/converse'), '/model/a%253A0/converse');
  assert.equal(canonicalPath('/a/./b/../c/'), '/a/c/');
  assert.equal(canonicalQuery('b=2&a=x%20y&a=1&c'), 'a=1&a=x%20y&b=2&c=');
  assert.equal(canonicalQuery(''), '');
});
