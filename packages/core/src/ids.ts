import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * A random id such as `call_9f3k…`: prefix, underscore, 20 characters of [0-9a-z] (103 bits; the slight bias of
 * the modulo costs under one of them). `random` is for tests.
 */
export function newId(prefix: string, random: (size: number) => Uint8Array = randomBytes): string {
  return `${prefix}_${Array.from(random(20), (byte) => alphabet[byte % alphabet.length]).join('')}`;
}
