import { canonicalJson } from '@vestibule/core';
import type { SealedEntry } from '../log/entries.ts';
import { parseHeader } from '../log/sealed-entry.ts';
import { RecordError } from '../errors.ts';
import { AppendRuns, type Run } from './append-runs.ts';
import { answerMs, type Script, StoreConnection } from './connection.ts';
import {
  appendScript,
  claimScript,
  clockScript,
  keepKeyScript,
  releaseScript,
  renewScript,
} from './redis-scripts.ts';
import { holderOf, type Lease, leaseToken, type LogStore } from './store.ts';

/** The Redis keys of one call. The stream `log` is what the console and the demo tail. */
export const callKeys = (callId: string) => ({
  lease: `call:{${callId}}:lease`,
  fence: `call:{${callId}}:fence`,
  head: `call:{${callId}}:head`,
  key: `call:{${callId}}:key`,
  log: `call:{${callId}}:log`,
});

/**
 * A live call is a Redis stream with ids `<seq+1>-0`, beside the chain's head and the writer's lease. Every method also throws
 * RecordError `unreachable`, `answerMs` after it was called at the latest.
 */
export class RedisLogStore implements LogStore {
  readonly #connection: StoreConnection;
  readonly #appends = new AppendRuns((lease, run) => this.#appendRun(lease, run));

  private constructor(connection: StoreConnection) {
    this.#connection = connection;
  }

  /** `url` and errors: see `StoreConnection.open`. */
  static async connect(url: string, onError: (error: unknown) => void): Promise<RedisLogStore> {
    return new RedisLogStore(await StoreConnection.open(url, onError));
  }

  async claim(callId: string, worker: string, ttlMs: number): Promise<Lease | undefined> {
    const { lease, fence } = callKeys(callId);
    // A claim that was under way when the connection was lost may arrive much later.
    const by = Number(await this.#run(clockScript, [lease], [])) + answerMs;
    const args = [worker, String(ttlMs), String(by)];
    const reply = Number(await this.#run(claimScript, [lease, fence], args));
    if (reply < 0) throw new RecordError('unreachable', 'the claim came too late');
    return reply === 0 ? undefined : { callId, worker, fence: reply };
  }

  async renew(lease: Lease, ttlMs: number): Promise<void> {
    const args = [leaseToken(lease), String(ttlMs)];
    const reply = await this.#run(renewScript, [callKeys(lease.callId).lease], args);
    if (reply !== 1) throw new RecordError('fenced', 'the lease is lost');
  }

  async release(lease: Lease): Promise<void> {
    await this.#run(releaseScript, [callKeys(lease.callId).lease], [leaseToken(lease)]);
  }

  async holder(callId: string): Promise<string | undefined> {
    const token = await this.#get(callKeys(callId).lease);
    return token === undefined ? undefined : holderOf(token);
  }

  append(lease: Lease, entry: SealedEntry): Promise<void> {
    return this.#appends.append(lease, entry);
  }

  async read(callId: string, from = 0): Promise<SealedEntry[]> {
    const { log } = callKeys(callId);
    const messages = await this.#ask(log, ['XRANGE', log, `${from + 1}-0`, '+']);
    return (messages as [id: string, fields: string[]][]).map(([, fields]) => parseEntry(members(fields)));
  }

  async wrappedKey(callId: string): Promise<string | undefined> {
    return this.#get(callKeys(callId).key);
  }

  async keepKey(lease: Lease, wrapped: string): Promise<void> {
    const keys = callKeys(lease.callId);
    const args = [leaseToken(lease), wrapped];
    const reply = await this.#run(keepKeyScript, [keys.lease, keys.key], args);
    if (reply !== 1) throw new RecordError('fenced', 'the lease is lost');
  }

  async dropKey(callId: string): Promise<void> {
    const { key } = callKeys(callId);
    await this.#ask(key, ['DEL', key]);
  }

  async expire(callId: string, graceMs: number): Promise<void> {
    const { fence, head, key, log } = callKeys(callId);
    const forget = (name: string) => this.#ask(name, ['PEXPIRE', name, String(graceMs)]);
    await Promise.all([fence, head, key, log].map(forget));
  }

  async close(): Promise<void> {
    this.#appends.flush();
    await this.#connection.close();
  }

  async #appendRun(lease: Lease, run: Run): Promise<void> {
    const keys = callKeys(lease.callId);
    const { previous, seq } = run[0].header;
    const args = [leaseToken(lease), previous, run.at(-1)!.hash, String(seq + 1)];
    for (const { header, sealed = '' } of run) args.push(canonicalJson(header), sealed);
    const reply = await this.#connection.run(appendScript, [keys.lease, keys.head, keys.log], args);
    if (reply === 'FENCED') throw new RecordError('fenced', 'the lease is lost');
    if (reply !== 'OK') throw new RecordError('fork', 'the log has another head');
  }

  async #get(key: string): Promise<string | undefined> {
    return ((await this.#ask(key, ['GET', key])) as string | null) ?? undefined;
  }

  #ask(key: string, args: string[]): Promise<unknown> {
    this.#appends.flush();
    return this.#connection.send(key, args);
  }

  #run(script: Script, keys: [string, ...string[]], args: string[]): Promise<unknown> {
    this.#appends.flush();
    return this.#connection.run(script, keys, args);
  }
}

/** A stream message of a call's log. @throws RecordError `corrupt`. */
export function parseEntry({ header = '', sealed }: Record<string, string>): SealedEntry {
  return { ...parseHeader(header), ...(sealed ? { sealed } : {}) };
}

/** Name, value, name, value …, as Redis has them. */
function members(fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1] ?? '']] : [])));
}
