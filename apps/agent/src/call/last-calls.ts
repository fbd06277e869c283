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
    const key = this.#key(caller, dialled);
    const previous = await this.#store.send(key, ['SET', key, callId, 'PX', String(this.#ttlMs), 'GET']);
    return (previous as string | null) ?? undefined;
  }

  /** That caller's last call to that number, if it is still known. */
  async latest(caller: string, dialled: string): Promise<string | undefined> {
    const key = this.#key(caller, dialled);
    return ((await this.#store.send(key, ['GET', key])) as string | null) ?? undefined;
  }

  #key(caller: string, dialled: string): string {
    const hash = createHmac('sha256', this.#secret).update(`${caller}\n${dialled}`).digest('base64url');
    return `{last-call:${hash}}`;
  }

  close(): void {
    this.#store.destroy();
  }
}
