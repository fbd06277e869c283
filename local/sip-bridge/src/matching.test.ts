import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { matchRule, matchTrunk, normalizeNumber, type Rule, type Trunk } from './matching.ts';

const parties = {
  caller: '+15550100123',
  callerHost: 'carrier.example',
  dialled: '+15550100100',
  sourceAddress: '127.0.0.11',
};

const trunk = (sipTrunkId: string, part: Partial<Trunk> = {}): Trunk => ({
  sipTrunkId,
  numbers: ['+15550100100'],
  allowedAddresses: [],
  allowedNumbers: [],
  ...part,
});

const rule = (sipDispatchRuleId: string, part: Partial<Rule> = {}): Rule => ({
  sipDispatchRuleId,
  trunkIds: [],
  inboundNumbers: [],
  numbers: [],
  target: { kind: 'individual', roomPrefix: sipDispatchRuleId, pin: '', noRandomness: false },
  ...part,
});

test('numbers are compared without their formatting', () => {
  assert.equal(normalizeNumber('1 (555) 010-0100'), '+15550100100');
  assert.equal(normalizeNumber('+1555'), '+1555');
  assert.equal(normalizeNumber('anonymous'), 'anonymous');
});

const trunkCases: [what: string, trunks: Trunk[], found: string | undefined][] = [
  ['none exists', [], undefined],
  ['another number', [trunk('a', { numbers: ['+1999'] })], undefined],
  ['the number, written otherwise', [trunk('a', { numbers: ['1-555-010-0100'] })], 'a'],
  [
    'one that names the number goes before one that takes all',
    [trunk('all', { numbers: [] }), trunk('a')],
    'a',
  ],
  ['one that takes all', [trunk('all', { numbers: [] })], 'all'],
  ['source in a network', [trunk('a', { allowedAddresses: ['127.0.0.0/8'] })], 'a'],
  ['source is the address', [trunk('a', { allowedAddresses: ['10.0.0.1', '127.0.0.11'] })], 'a'],
  ['source is the host of From', [trunk('a', { allowedAddresses: ['carrier.example'] })], 'a'],
  [
    'source not allowed',
    [trunk('a', { allowedAddresses: ['10.0.0.0/8', '::1/128', 'nonsense'] })],
    undefined,
  ],
  ['caller allowed', [trunk('a', { allowedNumbers: ['15550100123'] })], 'a'],
  ['caller not allowed', [trunk('a', { allowedNumbers: ['+1999'] })], undefined],
];
for (const [what, trunks, found] of trunkCases)
  test(`trunk: ${what}`, () => assert.equal(matchTrunk(trunks, parties)?.sipTrunkId, found));

test('two trunks that are equally good are an error, not a guess', () => {
  assert.throws(
    () => matchTrunk([trunk('a'), trunk('b')], parties),
    (error) => isCodedError(error, 'several-trunks'),
  );
});

const direct = (roomName: string, pin = ''): Rule['target'] => ({ kind: 'direct', roomName, pin });
const callee: Rule['target'] = { kind: 'callee', roomPrefix: '', pin: '', randomize: false };
const ruleCases: [what: string, rules: Rule[], found: string | undefined, pin?: string][] = [
  ['none exists', [], undefined],
  ['of another trunk', [rule('r', { trunkIds: ['b'] })], undefined],
  [
    'the trunk’s own goes before one for all',
    [rule('all', { target: direct('x') }), rule('own', { trunkIds: ['a'] })],
    'own',
  ],
  ['for other callers', [rule('r', { inboundNumbers: ['+1999'] })], undefined],
  ['for this caller goes first', [rule('any'), rule('this', { inboundNumbers: [parties.caller] })], 'this'],
  ['for another dialled number', [rule('r', { numbers: ['+1999'] })], undefined],
  [
    'direct before individual before callee',
    [rule('c', { target: callee }), rule('i'), rule('d', { target: direct('z') })],
    'd',
  ],
  [
    'with PIN before open',
    [rule('open', { target: direct('a') }), rule('pin', { target: direct('b', '12') })],
    'pin',
  ],
  [
    'a keyed PIN',
    [rule('one', { target: direct('a', '11') }), rule('two', { target: direct('b', '22') })],
    'two',
    '22',
  ],
  [
    'a wrong PIN never falls back to an open rule',
    [rule('open'), rule('pin', { target: direct('b', '12') })],
    undefined,
    '99',
  ],
  ['# without a PIN opens no rule that has one', [rule('pin', { target: direct('b', '12') })], undefined, ''],
  [
    '# without a PIN leaves the open rules',
    [rule('open'), rule('pin', { target: direct('b', '12') })],
    'open',
    '',
  ],
  ['by room when all else is equal', [rule('b'), rule('a')], 'a'],
];
for (const [what, rules, found, pin] of ruleCases)
  test(`rule: ${what}`, () =>
    assert.equal(matchRule(rules, trunk('a'), parties, pin)?.sipDispatchRuleId, found));

test('a call that no trunk took can still have a rule for all', () => {
  assert.equal(
    matchRule([rule('own', { trunkIds: ['a'] }), rule('all')], undefined, parties)?.sipDispatchRuleId,
    'all',
  );
});
