import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circularDistance, decodeRtp, encodeRtp } from './index.ts';

const packet = {
  payloadType: 101,
  marker: true,
  sequence: 65535,
  timestamp: 0xfffffff0,
  ssrc: 0xdeadbeef,
  payload: Uint8Array.of(1, 2, 3),
};

test('a packet survives the wire', () => {
  assert.deepEqual(decodeRtp(encodeRtp(packet)), packet);
});

test('CSRCs, a header extension and padding are read over', () => {
  const plain = encodeRtp({ ...packet, payload: new Uint8Array(0) });
  const bytes = Uint8Array.of(...plain, 0, 0, 0, 9, 0xbe, 0xde, 0, 1, 7, 7, 7, 7, 42, 0, 0, 3);
  bytes[0] = 0x80 | 0x20 | 0x10 | 0x01;
  assert.deepEqual(decodeRtp(bytes)?.payload, Uint8Array.of(42));
});

test('what is no RTP is told by undefined', () => {
  for (const bad of [
    Uint8Array.of(),
    new Uint8Array(12),
    encodeRtp(packet).subarray(0, 11),
    encodeRtp({ ...packet, payloadType: 200 - 128 }),
  ])
    assert.equal(decodeRtp(bad), undefined);
});

test('sequence numbers and timestamps are compared on their circle', () => {
  assert.equal(circularDistance(65535, 2, 16), 3);
  assert.equal(circularDistance(2, 65535, 16), -3);
  assert.equal(circularDistance(0xfffffff0, 0x10, 32), 0x20);
});
