import { createHash } from 'node:crypto';

/** Namespace of this project's name-based UUIDs; drawn once, at random. */
const namespace = Buffer.from('8f0d2c5e4b7a4f5c9d3e61a7b2c4d8e0', 'hex');

/** A name-based UUID (RFC 9562, version 5): the same name always gives the same one. */
export function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
