import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { driverFor } from './drivers.ts';
import { parseStoreUrl, withPassword } from './store-url.ts';

const node = (host: string, port: number) => ({ host, port });

for (const [url, expected] of [
  ['redis://h', { kind: 'single', nodes: [node('h', 6379)], tls: false }],
  ['redis://h:1/', { kind: 'single', nodes: [node('h', 1)], tls: false }],
  ['redis://[::1]:7000/2', { kind: 'single', nodes: [node('::1', 7000)], tls: false, database: 2 }],
  ['redis://:pw@h', { kind: 'single', nodes: [node('h', 6379)], tls: false, password: 'pw' }],
  [
    'rediss://me:p%40ss%3Aword@h:6380?ca=/etc/ca.pem',
    {
      ...{ kind: 'single', nodes: [node('h', 6380)], tls: true },
      ...{ username: 'me', password: 'p@ss:word', caFile: '/etc/ca.pem' },
    },
  ],
  ['redis-cluster://a:1,b', { kind: 'cluster', nodes: [node('a', 1), node('b', 6379)], tls: false }],
  [
    'rediss-cluster://me:pw@a,b',
    {
      ...{ kind: 'cluster', nodes: [node('a', 6379), node('b', 6379)], tls: true },
      ...{ username: 'me', password: 'pw' },
    },
  ],
  [
    'redis-sentinel://a:1,b/1#log',
    {
      ...{ kind: 'sentinel', nodes: [node('a', 1), node('b', 26379)], tls: false },
      ...{ database: 1, primary: 'log' },
    },
  ],
] as const) {
  test(`${url} is read`, () => assert.deepEqual(parseStoreUrl(url), expected));
}

for (const [url, place] of [
  ['', /not of a form/],
  ['http://h', /not of a form/],
  ['redis://', /not of a form/],
  ['redis://h:x', /"h:x" is no host:port/],
  ['redis://h:70000', /"h:70000" is no host:port/],
  ['redis://a,b', /several hosts need redis-cluster/],
  ['redis-cluster://a,,b', /"" is no host:port/],
  ['redis-cluster://a/1', /only database 0/],
  ['redis-cluster://a#x', /only Sentinels/],
  ['redis-sentinel://a', /name after #/],
  ['redis://h?ca=/x', /needs TLS/],
  ['rediss://h?cert=/x', /\?cert is not known/],
  ['redis://me:secret%zz@h', /percent-encoded/],
] as const) {
  test(`${url || 'no URL at all'} is refused: where, and what to write instead`, () => {
    assert.throws(
      () => parseStoreUrl(url),
      (error) => {
        assert.ok(isCodedError(error, 'misconfigured'));
        assert.match(error.message, place);
        assert.match(error.message, /Write redis:\/\/host:6379/);
        return !error.message.includes('secret');
      },
    );
  });
}

test('a CA file that cannot be read is named', async () => {
  await assert.rejects(driverFor('rediss://h?ca=/nowhere/ca.pem'), (error) => {
    assert.ok(isCodedError(error, 'misconfigured'));
    assert.match(error.message, /\/nowhere\/ca\.pem/);
    return true;
  });
});

test('a password that is kept apart becomes that of the URL’s user', () => {
  const url = withPassword('rediss-cluster://agent@store:6379?ca=/ca.pem', 'p@ss/w:rd');
  const { username, password, caFile } = parseStoreUrl(url);
  assert.deepEqual([username, password, caFile], ['agent', 'p@ss/w:rd', '/ca.pem']);
  assert.equal(withPassword('redis://store', undefined), 'redis://store');
});

for (const url of ['redis://store:6379', 'redis://agent:old@store:6379', 'redis://:old@store'])
  test(`${url} takes no password`, () =>
    assert.throws(() => withPassword(url, 'new'), /a password that is given apart/));
