import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeG711, encodeG711, g711Silence } from './index.ts';

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('µ-law and A-law have the values of ITU-T G.711', () => {
  assert.deepEqual(
    [...decodeG711('PCMU', Uint8Array.of(0x00, 0x80, 0xff, 0xe7, 0x67))],
    [-32124, 32124, 0, 260, -260],
  );
  assert.deepEqual(
    [...decodeG711('PCMA', Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a, 0x80))],
    [8, -8, 32256, -32256, 5504],
  );
});

test('every byte survives decoding and encoding, but for µ-law’s negative zero', () => {
  assert.deepEqual(encodeG711('PCMA', decodeG711('PCMA', allBytes)), allBytes);
  const mulaw = encodeG711('PCMU', decodeG711('PCMU', allBytes));
  assert.deepEqual(mulaw, allBytes.with(0x7f, 0xff));
});

test('quantisation keeps the sign and errs by less than a sixteenth of the sample', () => {
  for (const name of ['PCMU', 'PCMA'] as const)
    for (const sample of [-32768, -32000, -1000, -100, 100, 1000, 12345, 32767]) {
      const [heard] = decodeG711(name, encodeG711(name, Int16Array.of(sample)));
      assert.ok(Math.abs(heard! - sample) <= Math.abs(sample) / 16 + 8, `${name} ${sample} → ${heard}`);
    }
});

test('silence is silent', () => {
  assert.equal(decodeG711('PCMU', Uint8Array.of(g711Silence.PCMU))[0], 0);
  assert.ok(Math.abs(decodeG711('PCMA', Uint8Array.of(g711Silence.PCMA))[0]!) <= 8);
});
