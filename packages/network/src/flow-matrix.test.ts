import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { flowMatrix, parseFlowMatrix } from './flow-matrix.ts';

const matrix = flowMatrix();
const tierOf = (name: string) => matrix.places.find((place) => place.name === name)?.tier;

test('from outside only the carrier gets in, to the edge alone, at its SIP and RTP ports', () => {
  const inward = matrix.flows.filter(({ from }) => tierOf(from) === 'outside');
  assert.deepEqual(
    inward.map(({ from, to, protocol, deployed }) => [from, to, protocol, deployed?.from, deployed?.to]),
    [
      ['carrier', 'edge-outer', 'udp', 5060, 5060],
      ['carrier', 'edge-outer', 'tcp', 5060, 5060],
      ['carrier', 'edge-outer', 'tcp', 5061, 5061],
      ['carrier-media', 'edge-outer', 'udp', 10000, 20000],
    ],
  );
});

test('nobody but the edge reaches anything outside, and of that only the carrier', () => {
  const outward = matrix.flows.filter(({ to }) => tierOf(to) === 'outside');
  assert.deepEqual(
    [...new Set(outward.map(({ from, to }) => `${from} ${to}`))],
    ['edge-outer carrier', 'edge-outer carrier-media'],
  );
});

test('each place has a flow, and no flow stands twice', () => {
  for (const { name } of matrix.places)
    assert.equal(
      matrix.flows.some(({ from, to }) => from === name || to === name),
      name !== 'internet',
      name,
    );
  const rows = matrix.flows.map(({ from, to, protocol, deployed, here }) =>
    JSON.stringify([from, to, protocol, deployed, here]),
  );
  assert.equal(new Set(rows).size, rows.length);
});

test('all faults of a file are said at once', () => {
  const text = `
places:
  a: { tier: private, is: a }
flows:
  - { from: a, to: b, udp: 1, why: x }
  - { from: c, to: a, udp: 1, why: x }
`;
  assert.throws(
    () => parseFlowMatrix(text, 'm.yaml'),
    (error) =>
      isCodedError(error, 'invalid-matrix') &&
      /flows\.0: b is/.test(error.message) &&
      /flows\.1: c is/.test(error.message),
  );
  assert.throws(() => parseFlowMatrix(text.replace('udp: 1', 'udp: 0-5, tcp: x'), 'm.yaml'), /0-5|udp|tcp/);
});
