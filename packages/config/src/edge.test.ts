import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseConfig } from './parse.ts';
import { atZone } from './zones.ts';

const text = readFileSync(
  new URL('../../edge-config/golden/vestibule.yaml', import.meta.url),
  'utf8',
).replace(/^callBacks:.*\n/m, '');
const faultsOf = (pattern: RegExp, replacement: string) => {
  assert.match(text, pattern);
  const { faults } = parseConfig(text.replace(pattern, replacement), 'v.yaml');
  return faults.map(({ path, message }) => `${path}: ${message}`);
};

test('the deployment is the same one from each of its zones', () => {
  const { config } = parseConfig(text, 'v.yaml');
  assert.ok(config);
  const other = atZone(config, 'use1-az2');
  assert.equal(other.edge.zone, 'use1-az2');
  assert.deepEqual(
    other.otherZones.map(({ zone }) => zone),
    ['use1-az1'],
  );
  assert.deepEqual(atZone(other, 'use1-az1'), config);
});

for (const [what, pattern, replacement, fault] of [
  ['two zones of one name', /use1-az2/, 'use1-az1', 'otherZones[0].zone: use1-az1 is another zone’s name'],
  [
    'two zones at one address',
    /10\.20\.8\.10/,
    '10.20.0.10',
    'otherZones[0].public.address: 10.20.0.10 is another zone’s address',
  ],
  [
    'another zone without TLS',
    /(198\.51\.100\.8)\n.*\n/,
    '$1\n',
    'carriers[0].transport: asks for TLS, which zone use1-az2 does not have',
  ],
  [
    'an outbound carrier that is none',
    /carrier: twilio/,
    'carrier: other',
    'outbound.carrier: there is no carrier other',
  ],
  [
    'a gateway whose answers would be a stranger’s',
    /54\.172\.60\.1:5061/,
    '192.0.2.1:5061',
    'outbound.gateways[1]: 192.0.2.1 lies in no network of the carrier twilio',
  ],
  [
    'no destination',
    /(destinations: )\[.*\]/,
    '$1[]',
    'outbound.destinations: is empty, and there are no callBacks: nobody can be called',
  ],
] as const) {
  test(`${what} is a fault`, () => assert.deepEqual(faultsOf(pattern, replacement), [fault]));
}
