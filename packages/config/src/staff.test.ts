import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseConfig } from './parse.ts';
import { onDuty, type StaffReason } from './staff.ts';

const base = readFileSync(
  new URL('../../edge-config/golden/vestibule.yaml', import.meta.url),
  'utf8',
).replace(/^callBacks:.*\n/m, '');
const [, number = ''] = /destinations: .*?(\+\d+)/.exec(base) ?? [];
const staffOf = (onCall: string, rest = '') => `${base}\nstaff:\n${rest}  onCall:\n${onCall}`;
const faultsOf = (text: string) =>
  parseConfig(text, 'v.yaml').faults.map(({ path, message }) => `${path}: ${message}`);

test('a person needs a name and a number; the rest has defaults', () => {
  const { config } = parseConfig(staffOf(`    - { name: nurse, number: '${number}' }`), 'v.yaml');
  assert.ok(config?.staff);
  const [nurse] = config.staff.onCall;
  assert.deepEqual(
    [nurse?.ring, nurse?.transfer, nurse?.accept, nurse?.takes.length, nurse?.hours.length],
    [20, 'warm', 'key', 7, 0],
  );
  assert.match(config.staff.whenExhausted.emergency, /9 1 1/);
  assert.match(config.staff.whenExhausted.urgent, /9 8 8/);
});

test('all faults of the list are told together', () => {
  const text = staffOf(
    [
      `    - { name: nurse, number: '${number}', transfer: cold }`,
      `    - { name: nurse, number: '+15550109999' }`,
    ].join('\n'),
    "  callerId: '+15550108888'\n",
  );
  assert.deepEqual(faultsOf(text), [
    'staff.callerId: +15550108888 is not among outbound.callerIds',
    'staff.onCall[0].transfer: is cold, and outbound.refer refuses every REFER',
    'staff.onCall[1].name: nurse is already there as staff.onCall[0]',
    'staff.onCall[1].number: +15550109999 is not among outbound.destinations, so the edge would not call it',
  ]);
});

test('without outbound nobody can be called', () => {
  const text = staffOf(`    - { name: nurse, number: '${number}' }`).replace(/^outbound:\n(?: .*\n)+/m, '');
  assert.deepEqual(faultsOf(text), ['staff: needs outbound, by which staff are called']);
});

test('a wrong time, time zone or day is a fault', () => {
  const hours = `hours: [{ days: [monday], from: '8:00', to: '25:00' }], timezone: Mars/Base, holidays: [christmas]`;
  assert.equal(faultsOf(staffOf(`    - { name: nurse, number: '${number}', ${hours} }`)).length, 5);
});

const shifts = `
    - { name: days, number: '${number}', hours: [{ days: [mon, tue, wed, thu, fri], from: '08:00', to: '18:00' }], holidays: ['2026-12-25'] }
    - { name: nights, number: '${number}', hours: [{ days: [fri], from: '18:00', to: '08:00' }] }
    - { name: tokyo, number: '${number}', timezone: Asia/Tokyo, hours: [{ from: '09:00', to: '09:00' }], holidays: ['2026-12-25'] }
    - { name: crisis, number: '${number}', takes: [emergency] }`;

for (const [what, at, reason, names] of [
  ['a Monday morning', '2026-11-30T14:00:00Z', 'wants-person', 'days tokyo'],
  ['the minute before eight', '2026-11-30T12:59:00Z', 'wants-person', 'tokyo'],
  ['six o’clock sharp', '2026-11-30T23:00:00Z', 'wants-person', 'tokyo'],
  ['Friday night', '2026-12-05T01:00:00Z', 'wants-person', 'nights tokyo'],
  ['the Saturday morning after it', '2026-12-05T12:30:00Z', 'wants-person', 'nights tokyo'],
  ['Saturday night', '2026-12-06T02:00:00Z', 'wants-person', 'tokyo'],
  ['the evening of a holiday that is over in Tokyo', '2026-12-26T00:30:00Z', 'wants-person', 'nights tokyo'],
  ['the shift of a holiday, past midnight', '2026-12-25T15:30:00Z', 'wants-person', ''],
  ['summer time', '2026-07-06T12:30:00Z', 'wants-person', 'days tokyo'],
  ['an emergency', '2026-11-30T14:00:00Z', 'emergency', 'days tokyo crisis'],
] as const satisfies readonly [string, string, StaffReason, string][]) {
  test(`${what}: ${names || 'nobody'}`, () => {
    const { config } = parseConfig(staffOf(shifts), 'v.yaml');
    assert.ok(config?.staff);
    const found = onDuty(config.staff, reason, Date.parse(at), 'America/New_York');
    assert.equal(found.map(({ name }) => name).join(' '), names);
  });
}
