import { canonicalJson } from '@vestibule/core';
import { createClient } from 'redis';
import { genesis } from '../log/chain.ts';
import type { SealedEntry } from '../log/entries.ts';
import { parseHeader } from '../log/sealed-entry.ts';
import { RecordError } from '../errors.ts';
import { appendScript, claimScript, keepKeyScript, releaseScript, renewScript } from './redis-scripts.ts';
import { holderOf, type Lease, leaseToken, type LogStore } from './store.ts';

/** The Redis keys of one call. The stream `log` is what the console and the demo tail. */
export const callKeys = (callId: string) => ({
  lease: `call:{${callId}}:lease`,
  fence: `call:{${callId}}:fence`,
  head: `call:{${callId}}:head`,
  key: `call:{${callId}}:key`,
  log: `call:{${callId}}:log`,
});

type Client = ReturnType<typeof createClient>;

/** A live call is a Redis stream with ids `<seq+1>-0`, beside the chain's head and the writer's lease. */
export class RedisLogStore implements LogStore {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /** `url`: redis:// or rediss://. `onError` hears of lost connections; the client reconnects by itself. */
  static async connect(url: string, onError: (error: unknown) => void): Promise<RedisLogStore> {
    const client: Client = createClient({ url });
    client.on('error', onError);
    await client.connect();
    return new RedisLogStore(client);
  }

  async claim(callId: string, worker: string, ttlMs: number): Promise<Lease | undefined> {
    const { lease, fence } = callKeys(callId);
    const reply = await this.#eval(claimScript, [lease, fence], [worker, String(ttlMs)]);
    return reply === 0 ? undefined : { callId, worker, fence: Number(reply) };
  }

  async renew(lease: Lease, ttlMs: number): Promise<void> {
    const reply = await this.#eval(
      renewScript,
      [callKeys(lease.callId).lease],
      [leaseToken(lease), String(ttlMs)],
    );
    if (reply !== 1) throw new RecordError('fenced', 'the lease is lost');
  }

  async release(lease: Lease): Promise<void> {
    await this.#eval(releaseScript, [callKeys(lease.callId).lease], [leaseToken(lease)]);
  }

  async holder(callId: string): Promise<string | undefined> {
    const token = await this.#client.get(callKeys(callId).lease);
    return token === null ? undefined : holderOf(token);
  }

  async append(lease: Lease, { header, hash, sealed = '' }: SealedEntry): Promise<void> {
    const keys = callKeys(lease.callId);
    const reply = await this.#eval(
      appendScript,
      [keys.lease, keys.head, keys.log],
      [
        leaseToken(lease),
        header.previous,
        hash,
        `${header.seq + 1}-0`,
        canonicalJson(header),
        sealed,
        genesis,
      ],
    );
    if (reply === 'FENCED') throw new RecordError('fenced', 'the lease is lost');
    if (reply !== 'OK') throw new RecordError('fork', 'the log has another head');
  }

  async read(callId: string, from = 0): Promise<SealedEntry[]> {
    const messages = await this.#client.xRange(callKeys(callId).log, `${from + 1}-0`, '+');
    return (messages ?? []).map(({ message }) => parseEntry(message));
  }

  async wrappedKey(callId: string): Promise<string | undefined> {
    return (await this.#client.get(callKeys(callId).key)) ?? undefined;
  }

  async keepKey(lease: Lease, wrapped: string): Promise<void> {
    const keys = callKeys(lease.callId);
    const reply = await this.#eval(keepKeyScript, [keys.lease, keys.key], [leaseToken(lease), wrapped]);
    if (reply !== 1) throw new RecordError('fenced', 'the lease is lost');
  }

  async dropKey(callId: string): Promise<void> {
    await this.#client.del(callKeys(callId).key);
  }

  async expire(callId: string, graceMs: number): Promise<void> {
    const { fence, head, key, log } = callKeys(callId);
    await Promise.all([fence, head, key, log].map((name) => this.#client.pExpire(name, graceMs)));
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #eval(script: string, keys: string[], args: string[]): Promise<unknown> {
    return this.#client.eval(script, { keys, arguments: args });
  }
}

/** A stream message of a call's log. @throws RecordError `corrupt`. */
export function parseEntry({ header = '', sealed }: Record<string, string>): SealedEntry {
  return { ...parseHeader(header), ...(sealed ? { sealed } : {}) };
}
