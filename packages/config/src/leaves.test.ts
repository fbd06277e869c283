import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { configJsonSchema, type JsonSchemaNode } from './json-schema.ts';
import { rate, retainUntil } from './leaves.ts';
import { isPrivateAddress, networkContains, parseIpv4, parseNetwork } from './networks.ts';
import { closest } from './suggestion.ts';

test('IPv4 as RFC 791 writes it, and nothing that inet_aton would also take', () => {
  assert.equal(parseIpv4('168.86.128.0'), 2824241152);
  for (const bad of [
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    '0x7f.0.0.1',
    '1.2.3.-4',
    '',
    ' 1.2.3.4',
  ]) {
    assert.equal(parseIpv4(bad), undefined, bad);
  }
});

test('networks have zero host bits and hold their first and last address', () => {
  assert.equal(parseNetwork('168.86.128.1/18'), undefined);
  assert.equal(parseNetwork('10.0.0.0/33'), undefined);
  assert.equal(parseNetwork('10.0.0.0'), undefined);
  assert.ok(networkContains('168.86.128.0/18', '168.86.128.0'));
  assert.ok(networkContains('168.86.128.0/18', '168.86.191.255'));
  assert.ok(!networkContains('168.86.128.0/18', '168.86.192.0'));
  assert.ok(networkContains('0.0.0.0/0', '255.255.255.255'));
  assert.ok(isPrivateAddress('172.31.255.255'));
  assert.ok(!isPrivateAddress('172.32.0.0'));
});

test('rates', () => {
  const read = (text: string) => rate('').safeParse(text).data;
  assert.deepEqual(read('30/s'), { count: 30, seconds: 1 });
  assert.deepEqual(read('5/60s'), { count: 5, seconds: 60 });
  assert.deepEqual(read('100/m'), { count: 100, seconds: 60 });
  assert.deepEqual(read('2/24h'), { count: 2, seconds: 86_400 });
  for (const bad of ['0/s', '5/0s', '5/25h', '5', '5/d', '-1/s', '1.5/s'])
    assert.equal(read(bad), undefined, bad);
});

test('retention counts calendar years and days', () => {
  assert.equal(
    retainUntil({ count: 6, unit: 'years' }, new Date('2026-11-23T10:00:00Z')).toISOString(),
    '2032-11-23T10:00:00.000Z',
  );
  assert.equal(
    retainUntil({ count: 1, unit: 'years' }, new Date('2028-02-29T00:00:00Z')).toISOString(),
    '2029-03-01T00:00:00.000Z',
  );
  assert.equal(
    retainUntil({ count: 30, unit: 'days' }, new Date('2026-11-23T10:00:00Z')).toISOString(),
    '2026-12-23T10:00:00.000Z',
  );
});

test('a suggestion is made for a slip, not for another word', () => {
  const keys = ['tenant', 'region', 'edge', 'egress'];
  assert.equal(closest('tenent', keys), 'tenant');
  assert.equal(closest('reigon', keys), 'region');
  assert.equal(closest('Edge', keys), 'edge');
  assert.equal(closest('zebra', keys), undefined);
});

test('the schema for editors is current (node packages/config/src/write-json-schema.ts)', () => {
  const checkedIn = readFileSync(new URL('../vestibule.schema.json', import.meta.url), 'utf8');
  assert.deepEqual(JSON.parse(checkedIn), JSON.parse(JSON.stringify(configJsonSchema())));
});

test('every key is described, and the README explains it', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const visit = (node: JsonSchemaNode, path: string): void => {
    for (const [key, member] of Object.entries(node.properties ?? {})) {
      const here = path === '' ? key : `${path}.${key}`;
      const described = member.description ?? member.items?.description ?? member.properties;
      assert.ok(described, `${here} has no description`);
      assert.ok(readme.includes(`\`${here}\``), `${here} is not in the README`);
      visit(member, here);
      // Its items are those of `edge`.
      if (member.items !== undefined && here !== 'otherZones') visit(member.items, `${here}[]`);
    }
  };
  visit(configJsonSchema(), '');
});
