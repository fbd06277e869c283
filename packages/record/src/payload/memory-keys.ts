import { randomBytes } from 'node:crypto';
import { RecordError } from '../errors.ts';
import type { CallKey, CallKeys } from './call-keys.ts';

/** For tests and rehearsals: keys that this process alone knows. */
export class MemoryCallKeys implements CallKeys {
  readonly #keys = new Map<string, Buffer>();

  async create(callId: string): Promise<CallKey> {
    const key = randomBytes(32);
    const wrapped = Buffer.from(`${callId} ${this.#keys.size}`).toString('base64');
    this.#keys.set(wrapped, key);
    return { key, wrapped };
  }

  async unwrap(_callId: string, wrapped: string): Promise<Buffer> {
    const key = this.#keys.get(wrapped);
    if (!key) throw new RecordError('erased', 'a key that nobody knows');
    return key;
  }
}
