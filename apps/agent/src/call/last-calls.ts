import { createHmac } from 'node:crypto';
import { StoreConnection } from '@vestibule/record';
import type { CallFacts } from './caller.ts';

/**
 * The last call of each caller to each number, for a while. The store knows callers by a keyed hash alone: numbers are too few for a
 * hash without a key.
 */
export class LastCalls {
  readonly #store: StoreConnection;
  readonly #secret: string;
  readonly #ttlMs: number;

  private constructor(store: StoreConnection, secret: string, ttlMs: number) {
    this.#store = store;
    this.#secret = secret;
    this.#ttlMs = ttlMs;
  }

  /** `url` and errors: see `StoreConnection.open`, also for what `exchange` throws. */
  static async connect(
    url: string,
    secret: string,
    ttlMs: number,
    onError: (error: unknown) => void,
  ): Promise<LastCalls> {
    return new LastCalls(await StoreConnection.open(url, onError), secret, ttlMs);
  }

  /** Puts this call in the place of the one before it. @returns that one's id, if it is still known. */
  async exchange({ callId, caller = '', dialled }: CallFacts): Promise<string | undefined> {
    const hash = createHmac('sha256', this.#secret).update(`${caller}\n${dialled}`).digest('base64url');
    const key = `{last-call:${hash}}`;
    const previous = await this.#store.send(key, ['SET', key, callId, 'PX', String(this.#ttlMs), 'GET']);
    return (previous as string | null) ?? undefined;
  }

  close(): void {
    this.#store.destroy();
  }
}
