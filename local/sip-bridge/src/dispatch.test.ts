import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SipRequest } from '@vestibule/local-telephony';
import { dispatchCall, mappedHeaders, partiesOf } from './dispatch.ts';
import type { DispatchRule, InboundTrunk } from './directory.ts';

const invite: SipRequest = {
  kind: 'request',
  method: 'INVITE',
  uri: 'sip:+15550100100@127.0.0.1:5180',
  headers: [
    ['Via', 'SIP/2.0/UDP 127.0.0.11;branch=z9hG4bKa'],
    ['From', '"Ann" <sip:+15550100123@carrier.example>;tag=7'],
    ['To', '<sip:+15550100100@127.0.0.10>'],
    ['Call-ID', 'id@x'],
    ['X-Vestibule-Attestation', 'A'],
    ['x-twice', 'one'],
    ['X-Twice', 'two'],
    ['Subject', 'hello'],
  ],
  body: '',
};

const trunk: InboundTrunk = {
  name: 'trunk',
  sipTrunkId: 'ST_1',
  numbers: [],
  allowedAddresses: [],
  allowedNumbers: [],
  username: '',
  password: '',
  realm: '',
  headers: {},
  headersToAttributes: { subject: 'about', 'X-Absent': 'absent' },
  attributesToHeaders: { about: 'X-About', 'sip.callID': 'X-Call', nothing: 'X-Nothing' },
  includeHeaders: 'x-headers',
  ringingTimeoutMs: undefined,
  maxCallDurationMs: undefined,
};

const rule: DispatchRule = {
  sipDispatchRuleId: 'SDR_1',
  trunkIds: [],
  inboundNumbers: [],
  numbers: [],
  target: { kind: 'individual', roomPrefix: 'call-', pin: '', noRandomness: false },
  hidePhoneNumber: false,
  metadata: 'm',
  attributes: { about: 'the rule’s', own: '1' },
  roomPreset: '',
  roomConfig: undefined,
};

const dispatch = (part: Partial<DispatchRule> = {}, by: InboundTrunk | null = trunk) => {
  const parties = partiesOf(invite, '127.0.0.11');
  const call = { invite, parties, callId: 'SCL_x', localTag: 'SCL_x', status: 'ringing' };
  return dispatchCall(call, { ...rule, ...part }, by ?? undefined, () => 'RANDOM');
};

test('caller, dialled number and hosts come from From and To', () => {
  assert.deepEqual(partiesOf(invite, '127.0.0.11'), {
    caller: '+15550100123',
    callerHost: 'carrier.example',
    dialled: '+15550100100',
    sourceAddress: '127.0.0.11',
  });
});

test('rooms are named by the rule’s kind', () => {
  assert.equal(dispatch().room, 'call-_+15550100123_RANDOM');
  const rooms = (
    [
      { kind: 'direct', roomName: 'lobby', pin: '' },
      { kind: 'individual', roomPrefix: '', pin: '', noRandomness: true },
      { kind: 'callee', roomPrefix: 'to', pin: '', randomize: false },
      { kind: 'callee', roomPrefix: '', pin: '', randomize: true },
    ] as const
  ).map((target) => dispatch({ target }).room);
  assert.deepEqual(rooms, ['lobby', '+15550100123', 'to_+15550100100', '+15550100100_RANDOM']);
});

test('attributes: the rule’s, then headers, then sip.*; of repeated headers the last counts', () => {
  assert.deepEqual(dispatch().attributes, {
    about: 'hello',
    own: '1',
    'sip.callID': 'SCL_x',
    'sip.callIDFull': 'id@x',
    'sip.callStatus': 'ringing',
    'sip.callTag': '7',
    'sip.h.x-twice': 'two',
    'sip.h.x-vestibule-attestation': 'A',
    'sip.hostname': 'carrier.example',
    'sip.phoneNumber': '+15550100123',
    'sip.ruleID': 'SDR_1',
    'sip.trunkID': 'ST_1',
    'sip.trunkPhoneNumber': '+15550100100',
  });
});

test('a hidden number shows its last four digits and nothing else', () => {
  const { identity, name, room, attributes } = dispatch({ hidePhoneNumber: true });
  assert.match(identity, /^sip_[0-9a-f]{16}$/);
  assert.deepEqual([name, room], ['Phone 0123', 'call-_0123_RANDOM']);
  assert.ok(!JSON.stringify(attributes).includes('5550100'));
});

test('all headers: To has its tag already; without trunk there are none', () => {
  const all = dispatch({}, { ...trunk, includeHeaders: 'all-headers' }).attributes;
  assert.equal(all['sip.h.to'], '<sip:+15550100100@127.0.0.10>;tag=SCL_x');
  assert.equal(all['sip.h.via'], 'SIP/2.0/UDP 127.0.0.11;branch=z9hG4bKa');
  const none = Object.keys(dispatch({}, null).attributes).filter((name) => name.startsWith('sip.h.'));
  assert.deepEqual(none, []);
});

test('attributes become headers, those without value do not, and no value can begin a header of its own', () => {
  assert.deepEqual(mappedHeaders(trunk, { about: 'a\r\nEvil: 1', 'sip.callID': 'SCL_x' }), [
    ['X-About', 'a Evil: 1'],
    ['X-Call', 'SCL_x'],
  ]);
  assert.deepEqual(mappedHeaders(undefined, { about: 'a' }), []);
});
