import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { decodeMuLaw, silence, toMuLaw } from './g711.ts';

const all = Uint8Array.from({ length: 256 }, (_, code) => code);

/** As another implementation decodes it. */
function sox(encoding: 'mu-law' | 'a-law'): Int16Array {
  const raw = ['-t', 'raw', '-r', '8000', '-c', '1'];
  const args = [...raw, '-e', encoding, '-b', '8', '-', ...raw, '-e', 'signed', '-b', '16', '-'];
  const out = execFileSync('/usr/bin/sox', args, { input: all });
  return new Int16Array(out.buffer.slice(out.byteOffset, out.byteOffset + out.length));
}

test('every µ-law code is decoded as SoX decodes it', () => {
  assert.deepEqual([...decodeMuLaw(all)], [...sox('mu-law')]);
  assert.equal(decodeMuLaw(Uint8Array.of(silence))[0], 0);
});

test('every A-law code becomes the µ-law code that is nearest to what SoX decodes', () => {
  const expected = sox('a-law');
  const levels = [...decodeMuLaw(all)];
  const got = decodeMuLaw(toMuLaw(8, all)!);
  for (const [code, value] of expected.entries()) {
    const nearest = Math.min(...levels.map((level) => Math.abs(level - value)));
    assert.equal(Math.abs(got[code]! - value), nearest, `code ${code}`);
  }
});

test('PCMU is kept as it is; what is neither PCMU nor PCMA is not taken', () => {
  assert.deepEqual(toMuLaw(0, all), all);
  for (const payloadType of [13, 101, 9]) assert.equal(toMuLaw(payloadType, all), undefined);
});
