import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counterMode, deriveKey, SrtpContext } from './srtp.ts';

/** The vectors of RFC 3711, appendix B, and what an SRTP receiver must hold. */

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const masterKey = hex('E1F97A0D3E018BE0D64FA32C06DE4139');
const masterSalt = hex('0EC675AD498AFEEBB6960B3AABE6');
const keyAndSalt = Buffer.concat([masterKey, masterSalt]);

test('B.2: the key stream of AES in counter mode, at its start and across block 0xFF00', () => {
  const key = hex('2B7E151628AED2A6ABF7158809CF4F3C');
  const salt = 'F0F1F2F3F4F5F6F7F8F9FAFBFCFD';
  const stream = counterMode(key, hex(`${salt}0000`), Buffer.alloc(0xff02 * 16));
  const block = (counter: number) => stream.subarray(counter * 16, counter * 16 + 16);
  for (const [counter, expected] of [
    [0x0000, 'E03EAD0935C95E80E166B16DD92B4EB4'],
    [0x0001, 'D23513162B02D0F72A43A2FE4A5F97AB'],
    [0x0002, '41E95B3BB0A2E8DD477901E4FCA894C0'],
    [0xfeff, 'EC8CDF7398607CB0F2D21675EA9EA1E4'],
    [0xff00, '362B7C3C6773516318A077D7FC5073AE'],
    [0xff01, '6A2CC3787889374FBEB4C81B17BA6C44'],
  ] as const) {
    assert.deepEqual(block(counter), hex(expected), counter.toString(16));
  }
});

test('B.3: cipher key, salt and authentication key from the master key', () => {
  assert.deepEqual(deriveKey(masterKey, masterSalt, 0, 16), hex('C61E7A93744F39EE10734AFE3FF7A087'));
  assert.deepEqual(deriveKey(masterKey, masterSalt, 2, 14), hex('30CBBC08863D8C85D49DB34A9AE1'));
  assert.deepEqual(
    deriveKey(masterKey, masterSalt, 1, 94),
    hex(`CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE
         E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25
         6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2`),
  );
});

const packet = (sequence: number, payload = 'ab'.repeat(16)) =>
  Buffer.concat([
    hex(`800f${sequence.toString(16).padStart(4, '0')}decafbadcafebabe`),
    Buffer.from(payload, 'latin1'),
  ]);

test('a whole packet under the keys of B.3: the octets that libsrtp sends for it', () => {
  const rtp = hex('800f1234decafbadcafebabe abababababababababababababababab');
  const srtp = hex('800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb');
  assert.deepEqual(new SrtpContext(keyAndSalt).protect(rtp), srtp);
  assert.deepEqual(new SrtpContext(keyAndSalt).unprotect(srtp), rtp);
});

test('one bit changed anywhere, or another key: the packet is not accepted', () => {
  const srtp = new SrtpContext(keyAndSalt).protect(packet(7));
  for (let octet = 0; octet < srtp.length; octet++) {
    const changed = Buffer.from(srtp);
    changed.writeUInt8(changed.readUInt8(octet) ^ 1, octet);
    assert.equal(new SrtpContext(keyAndSalt).unprotect(changed), undefined, `octet ${octet}`);
  }
  const other = Buffer.from(keyAndSalt);
  other.writeUInt8(other.readUInt8(0) ^ 1, 0);
  assert.equal(new SrtpContext(other).unprotect(srtp), undefined);
  assert.equal(new SrtpContext(keyAndSalt).unprotect(Buffer.alloc(5)), undefined);
});

test('the sequence number wraps: both sides count the rollover, and a late packet from before is still taken', () => {
  const sender = new SrtpContext(keyAndSalt);
  const receiver = new SrtpContext(keyAndSalt);
  const sent = [0xfffe, 0xffff, 0, 1].map((sequence) => sender.protect(packet(sequence)));
  const [first, late, ...rest] = sent as [Buffer, Buffer, ...Buffer[]];
  for (const srtp of [first, ...rest, late]) assert.ok(receiver.unprotect(srtp));
  const [, , wrapped] = sent as [Buffer, Buffer, Buffer];
  assert.equal(new SrtpContext(keyAndSalt).unprotect(wrapped), undefined, 'rollover 1 is in the tag');
});
