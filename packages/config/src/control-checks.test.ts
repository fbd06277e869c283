import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { parseConfig } from './parse.ts';

const example = readFileSync(new URL('../../../vestibule.yaml', import.meta.url), 'utf8');
const files = { certificate: 'control/cert.pem', key: 'control/key.pem', authorities: '/srv/ca.pem' };
const control = { ...files, grants: 'control/grants.pem', consumers: ['10.20.2.0/24'] };

function parsed(control: unknown, recording?: unknown) {
  const document = parse(example) as { edge: Record<string, unknown>; recording?: unknown };
  document.edge['control'] = control;
  document.recording = recording;
  return parseConfig(stringify(document), '/etc/v/vestibule.yaml');
}
const faultsOf = (control: unknown, recording?: unknown) =>
  parsed(control, recording).faults.map(({ path, message }) => `${path}: ${message}`);

test('edge.control has its files relative to the file that names them', () => {
  assert.deepEqual(parsed(control).config?.edge.control, {
    port: 8443,
    certificate: '/etc/v/control/cert.pem',
    key: '/etc/v/control/key.pem',
    authorities: '/srv/ca.pem',
    grants: '/etc/v/control/grants.pem',
    consumers: ['10.20.2.0/24'],
  });
  assert.equal(parsed(undefined).config?.edge.control, undefined);
});

test('copies of the media go to private networks that are no carrier’s', () => {
  assert.deepEqual(faultsOf({ ...control, consumers: ['10.20.2.0/24', '8.8.8.0/24', '127.0.0.0/8'] }), [
    'edge.control.consumers[1]: 8.8.8.0/24 is not a private network',
    'edge.control.consumers[2]: 127.0.0.0/8 overlaps a network of the carrier twilio',
  ]);
  assert.deepEqual(faultsOf({ ...control, consumers: ['0.0.0.0/0'] }), [
    'edge.control.consumers[0]: 0.0.0.0/0 is not a private network',
  ]);
  assert.match(faultsOf({ ...control, consumers: [] }).join(), /^edge.control.consumers: /);
});

test('recording needs edge.control, and a bounded wait', () => {
  assert.deepEqual(parsed(control, {}).config?.recording, { waitSeconds: 60 });
  assert.deepEqual(faultsOf(undefined, {}), [
    'recording: needs edge.control, which gives the recorder its audio',
  ]);
  assert.match(faultsOf(control, { waitSeconds: 0 }).join(), /^recording.waitSeconds: /);
});
