import { randomBytes } from 'node:crypto';
import { audioSdp } from './sip-peer.ts';

/** SDES in an SDP (RFC 4568). */

export const suite = 'AES_CM_128_HMAC_SHA1_80';

/** Master key and salt of a suite with 128 bit keys. */
export const newKey = () => randomBytes(30);

export interface Crypto {
  tag: number;
  suite: string;
  key: Buffer;
}

/** Every a=crypto of a message. */
export const cryptosOf = (message: string): Crypto[] =>
  [...message.matchAll(/^a=crypto:(\d+) (\S+) inline:([A-Za-z0-9+/=]+)/gm)].map(
    ([, tag, name = '', key = '']) => ({ tag: Number(tag), suite: name, key: Buffer.from(key, 'base64') }),
  );

/** The transport of the only stream. */
export const profileOf = (message: string): string | undefined => /^m=audio \d+ (\S+)/m.exec(message)?.[1];

/** A carrier's SDP: RTP/SAVP with these suites, in this order. */
export function secureSdp(
  { address, port }: { address: string; port: number },
  keys: readonly (readonly [string, Buffer])[],
): string {
  const lines = keys.map(([name, key], n) => `a=crypto:${n + 1} ${name} inline:${key.toString('base64')}\n`);
  return audioSdp(address, port).replace('RTP/AVP', 'RTP/SAVP') + lines.join('');
}
