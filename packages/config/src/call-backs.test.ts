import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mayCallBack, zonesOf } from './call-backs.ts';
import { parseConfig } from './parse.ts';

const base = readFileSync(
  new URL('../../edge-config/golden/vestibule.yaml', import.meta.url),
  'utf8',
).replace(/^callBacks:.*\n(?: .*\n)*/m, '');
const withCallBacks = (text: string) => `${base}\ncallBacks: { ${text} }\n`;
const faultsOf = (text: string) =>
  parseConfig(text, 'v.yaml').faults.map(({ path, message }) => `${path}: ${message}`);
const callBacksOf = (text: string) => {
  const { config, faults } = parseConfig(withCallBacks(text), 'v.yaml');
  assert.ok(config?.callBacks, JSON.stringify(faults));
  return config.callBacks;
};

test('prefixes are all that must be said', () => {
  const { attempts, pauses, quiet, machine, callers } = callBacksOf(`prefixes: ['+1']`);
  assert.deepEqual([attempts, pauses, machine, callers], [3, [15, 120], 'hang-up', 'attested']);
  assert.deepEqual(quiet, { from: '21:00', to: '08:00' });
});

test('all faults are told together', () => {
  const text = `callerId: '+15550108888', prefixes: ['+1900', '+44'], withinHours: 24`;
  assert.deepEqual(faultsOf(withCallBacks(text)), [
    'callBacks.callerId: +15550108888 is not among outbound.callerIds',
    'callBacks.prefixes[0]: +1900 begins with +1900, which callBacks.never has',
    'callBacks.prefixes[1]: no time zone is known for +44, so no hour would be known to be quiet',
    'callBacks.withinHours: is not less than archive.graceHours (24), for which what was said is kept at hand',
  ]);
});

test('quiet hours begin and end on a quarter of an hour', () => {
  assert.deepEqual(faultsOf(withCallBacks(`prefixes: ['+1'], quiet: { from: '21:10' }`)), [
    'callBacks.quiet.from: "21:10" is not a quarter of an hour (HH:00, :15, :30, :45)',
  ]);
});

test('without outbound nobody can be called back', () => {
  const text = withCallBacks(`prefixes: ['+1']`).replace(/^outbound:\n(?: .*\n)+/m, '');
  assert.deepEqual(faultsOf(text), ['callBacks: needs outbound, by which callers are called back']);
});

for (const [number, may] of [
  ['+12125550123', true],
  ['+19005550123', false],
  ['+18765550123', false],
  ['+442079460123', false],
  ['2125550123', false],
  ['anonymous', false],
  ['+1', false],
] as const) {
  test(`${number} ${may ? 'may' : 'may not'} be called back`, () =>
    assert.equal(mayCallBack(callBacksOf(`prefixes: ['+1']`), number), may));
}

test('what never may be called is not, whatever is allowed', () => {
  assert.equal(mayCallBack(callBacksOf(`prefixes: ['+1'], never: ['+1212555']`), '+12125550123'), false);
});

test('the longest prefix says where a number may be; what the file says comes before what is known', () => {
  const zones = `zones: [{ prefix: '+1212', timezones: [America/New_York] }, { prefix: '+1808', timezones: [America/Denver] }]`;
  const callBacks = callBacksOf(`prefixes: ['+1'], ${zones}`);
  assert.deepEqual(zonesOf(callBacks, '+12125550123'), ['America/New_York']);
  assert.deepEqual(zonesOf(callBacks, '+18085550123'), ['America/Denver']);
  assert.deepEqual(zonesOf(callBacks, '+17095550123'), ['America/St_Johns']);
  assert.equal(zonesOf(callBacks, '+13125550123').length, 5);
  assert.deepEqual(zonesOf(callBacks, '+442079460123'), []);
});
