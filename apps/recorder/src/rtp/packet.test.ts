import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRtp } from './packet.ts';

const header = (first: number, second: number) =>
  Buffer.from([first, second, 0x12, 0x34, 0, 0, 0x10, 0, 0, 0, 0, 7]);
const payload = Buffer.from('voice');

test('header, payload, contributing sources, extension and padding', () => {
  const expected = { payloadType: 0, sequence: 0x1234, timestamp: 0x1000, ssrc: 7, payload };
  for (const packet of [
    Buffer.concat([header(0x80, 0), payload]),
    Buffer.concat([header(0x80, 0x80), payload]),
    Buffer.concat([header(0x82, 0), Buffer.alloc(8), payload]),
    Buffer.concat([header(0x90, 0), Buffer.from([0xbe, 0xde, 0, 1, 0, 0, 0, 0]), payload]),
    Buffer.concat([header(0xa0, 0), payload, Buffer.from([0, 0, 3])]),
  ])
    assert.deepEqual(parseRtp(packet), expected);
});

test('what is no RTP is none', () => {
  for (const packet of [
    Buffer.alloc(0),
    header(0x80, 0).subarray(0, 11),
    header(0x40, 0),
    header(0x8f, 0),
    header(0x90, 0),
    Buffer.concat([header(0xa0, 0), Buffer.from([200])]),
    // A sender report.
    header(0x80, 200),
  ])
    assert.equal(parseRtp(packet), undefined);
});
