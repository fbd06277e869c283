import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/** SRTP (RFC 3711) with AES_CM_128_HMAC_SHA1_80, for packets without header extension, CSRC or MKI. */

const tagBytes = 10;
const headerBytes = 12;

/** AES in counter mode: the key stream from the counter block `iv` on, over `data` (section 4.1.1). */
export function counterMode(key: Buffer, iv: Buffer, data: Buffer): Buffer {
  return createCipheriv('aes-128-ctr', key, iv).update(data);
}

/** Section 4.3.1, with a key derivation rate of 0. */
export function deriveKey(masterKey: Buffer, masterSalt: Buffer, label: number, bytes: number): Buffer {
  const iv = Buffer.concat([masterSalt, Buffer.alloc(2)]);
  iv.writeUInt8(iv.readUInt8(7) ^ label, 7);
  return counterMode(masterKey, iv, Buffer.alloc(bytes));
}

/** One direction of one stream: the sender's master key and salt, as in `inline:` of a=crypto. */
export class SrtpContext {
  readonly #cipherKey: Buffer;
  readonly #salt: Buffer;
  readonly #authKey: Buffer;
  #rollover = 0;
  #highest: number | undefined;

  constructor(keyAndSalt: Buffer) {
    const [key, salt] = [keyAndSalt.subarray(0, 16), keyAndSalt.subarray(16, 30)];
    this.#cipherKey = deriveKey(key, salt, 0, 16);
    this.#authKey = deriveKey(key, salt, 1, 20);
    this.#salt = deriveKey(key, salt, 2, 14);
  }

  protect(rtp: Buffer): Buffer {
    const rollover = this.#estimate(rtp.readUInt16BE(2));
    this.#update(rtp.readUInt16BE(2), rollover);
    const sealed = this.#crypt(rtp, rollover);
    return Buffer.concat([sealed, this.#tag(sealed, rollover)]);
  }

  /** The RTP packet, or undefined when its tag is wrong. */
  unprotect(srtp: Buffer): Buffer | undefined {
    if (srtp.length < headerBytes + tagBytes) return undefined;
    const sealed = srtp.subarray(0, -tagBytes);
    const rollover = this.#estimate(sealed.readUInt16BE(2));
    if (!timingSafeEqual(this.#tag(sealed, rollover), srtp.subarray(-tagBytes))) return undefined;
    this.#update(sealed.readUInt16BE(2), rollover);
    return this.#crypt(sealed, rollover);
  }

  #crypt(packet: Buffer, rollover: number): Buffer {
    const iv = Buffer.concat([this.#salt, Buffer.alloc(2)]);
    xorInto(iv, 4, packet.subarray(8, 12)); // SSRC
    const index = Buffer.alloc(6);
    index.writeUInt32BE(rollover, 0);
    index.writeUInt16BE(packet.readUInt16BE(2), 4);
    xorInto(iv, 8, index);
    const payload = counterMode(this.#cipherKey, iv, packet.subarray(headerBytes));
    return Buffer.concat([packet.subarray(0, headerBytes), payload]);
  }

  #tag(sealed: Buffer, rollover: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(rollover);
    return createHmac('sha1', this.#authKey).update(sealed).update(counter).digest().subarray(0, tagBytes);
  }

  /** Section 3.3.1: the rollover counter under which `sequence` is nearest to what was seen. */
  #estimate(sequence: number): number {
    const highest = this.#highest ?? sequence;
    if (highest < 0x8000)
      return sequence - highest > 0x8000 ? Math.max(this.#rollover - 1, 0) : this.#rollover;
    return highest - 0x8000 > sequence ? this.#rollover + 1 : this.#rollover;
  }

  #update(sequence: number, rollover: number): void {
    const ahead = rollover > this.#rollover || sequence > (this.#highest ?? -1);
    if (rollover < this.#rollover || !ahead) return;
    this.#rollover = rollover;
    this.#highest = sequence;
  }
}

function xorInto(target: Buffer, offset: number, bytes: Buffer): void {
  bytes.forEach((byte, index) => {
    target.writeUInt8(target.readUInt8(offset + index) ^ byte, offset + index);
  });
}
