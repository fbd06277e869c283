import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { canonicalJson, type Clock, systemClock } from '@vestibule/core';
import { z } from 'zod';
import { RecordError } from '../errors.ts';
import type { SealedEntry } from '../log/entries.ts';
import { parseEntry } from './redis-store.ts';
import { explainS3, type Head, inTime, S3Heads } from './s3-head.ts';
import { holderOf, type Lease, leaseToken, type LogStore } from './store.ts';

const entrySchema = z.object({ header: z.string(), sealed: z.string().optional() });

/** How many objects are fetched at once. */
const parallel = 16;

/**
 * Live logs in a bucket: under `live/<call>/` an object for each entry, and a head that says how many of them count. The head changes by
 * compare-and-swap (If-Match), so an entry is appended when the head says so, and what a refused writer left is never read. For where
 * there is no Redis: an append costs three requests, one after the other.
 *
 * S3 has no clock to end a lease by. Its holder judges by its own, from before it asked; others see the lease end when they have looked at it for its
 * whole length without a renewal: so the first look at a dead worker's call only begins to count. A request settles within five seconds; those of
 * one call wait for each other.
 */
export class S3LogStore implements LogStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #heads: S3Heads;
  readonly #clock: Clock;
  /** By call: the renewal that was seen last, and since when, ms. */
  readonly #seen = new Map<string, { renewal: string; since: number }>();
  /** By token: until when, by our clock, a lease of ours is good, ms. */
  readonly #validUntil = new Map<string, number>();
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(client: S3Client, bucket: string, clock: Clock = systemClock) {
    this.#client = client;
    this.#bucket = bucket;
    this.#clock = clock;
    this.#heads = new S3Heads(client, bucket, () => clock.now());
  }

  async claim(callId: string, worker: string, ttlMs: number): Promise<Lease | undefined> {
    const askedAt = this.#clock.monotonic();
    const changed = await this.#change(callId, (head) => {
      if (this.#isHeld(callId, head)) return undefined;
      const fence = head.fence + 1;
      return { ...head, fence, lease: { token: leaseToken({ callId, worker, fence }), renewal: 0, ttlMs } };
    });
    if (!changed) return undefined;
    const lease = { callId, worker, fence: changed.fence };
    this.#validUntil.set(tokenOf(lease), askedAt + ttlMs);
    return lease;
  }

  async renew(lease: Lease, ttlMs: number): Promise<void> {
    const askedAt = this.#clock.monotonic();
    await this.#change(lease.callId, (head) => {
      const { token, renewal } = this.#own(lease, head);
      return { ...head, lease: { token, renewal: renewal + 1, ttlMs } };
    });
    this.#validUntil.set(tokenOf(lease), askedAt + ttlMs);
  }

  async release(lease: Lease): Promise<void> {
    await this.#change(lease.callId, ({ lease: held, ...head }) =>
      held?.token === leaseToken(lease) ? head : undefined,
    );
    this.#validUntil.delete(tokenOf(lease));
  }

  async holder(callId: string): Promise<string | undefined> {
    const head = await this.#heads.load(headOf(callId));
    return head.lease && this.#isHeld(callId, head) ? holderOf(head.lease.token) : undefined;
  }

  async append(lease: Lease, entry: SealedEntry): Promise<void> {
    const { header, hash, sealed } = entry;
    await this.#change(lease.callId, async (head) => {
      this.#own(lease, head);
      if (header.previous !== head.head) throw new RecordError('fork', 'the log has another head');
      const body = JSON.stringify({ header: canonicalJson(header), sealed });
      const Key = entryOf(lease.callId, header.seq, hash);
      const put = new PutObjectCommand({ Bucket: this.#bucket, Key, Body: body });
      await this.#ask(Key, () => this.#client.send(put, inTime()));
      return { ...head, size: head.size + 1, head: hash };
    });
  }

  /** @throws RecordError `corrupt` when an entry is missing. */
  async read(callId: string, from = 0): Promise<SealedEntry[]> {
    const head = await this.#heads.load(headOf(callId));
    const objects = await this.#entriesUnder(callId, from, head.size);
    const byHash = new Map<string, SealedEntry>();
    for (let i = 0; i < objects.length; i += parallel)
      for (const entry of await Promise.all(objects.slice(i, i + parallel).map((key) => this.#get(key))))
        byHash.set(entry.hash, entry);
    const log: SealedEntry[] = [];
    for (let seq = head.size - 1, hash = head.head; seq >= from; seq--) {
      const entry = byHash.get(hash);
      if (!entry) throw new RecordError('corrupt', `${entryOf(callId, seq, hash)} is missing`);
      log.push(entry);
      hash = entry.header.previous;
    }
    return log.reverse();
  }

  async wrappedKey(callId: string): Promise<string | undefined> {
    return (await this.#heads.load(headOf(callId))).key;
  }

  async keepKey(lease: Lease, wrapped: string): Promise<void> {
    await this.#change(lease.callId, (head) => {
      this.#own(lease, head);
      return head.key === undefined ? { ...head, key: wrapped } : undefined;
    });
  }

  async dropKey(callId: string): Promise<void> {
    await this.#change(callId, ({ key, ...head }) => (key === undefined ? undefined : head));
  }

  /** What is left of it is for a lifecycle rule on `live/` to remove. */
  async expire(callId: string, graceMs: number): Promise<void> {
    await this.#change(callId, (head) => ({ ...head, forgetAt: this.#clock.now() + graceMs }));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#queues.values());
  }

  /** One after the other for each call: appends come in order, and do not get in the way of our own renewals. */
  async #change(callId: string, change: Parameters<S3Heads['change']>[1]): Promise<Head | undefined> {
    const before = this.#queues.get(callId) ?? Promise.resolve();
    const changed = before.then(() => this.#heads.change(headOf(callId), change));
    const settled = changed.catch(() => {});
    this.#queues.set(callId, settled);
    try {
      return await changed;
    } finally {
      if (this.#queues.get(callId) === settled) this.#queues.delete(callId);
    }
  }

  #isHeld(callId: string, { lease }: Head): boolean {
    if (!lease) return false;
    const renewal = `${lease.token} ${lease.renewal}`;
    const seen = this.#seen.get(callId);
    if (seen?.renewal === renewal) return this.#clock.monotonic() - seen.since < lease.ttlMs;
    this.#seen.set(callId, { renewal, since: this.#clock.monotonic() });
    return true;
  }

  /** @throws RecordError `fenced` */
  #own(lease: Lease, head: Head): NonNullable<Head['lease']> {
    const until = this.#validUntil.get(tokenOf(lease)) ?? Infinity;
    if (head.lease?.token !== leaseToken(lease) || until <= this.#clock.monotonic())
      throw new RecordError('fenced', 'the lease is lost');
    return head.lease;
  }

  async #entriesUnder(callId: string, from: number, size: number): Promise<string[]> {
    const prefix = entriesOf(callId);
    const objects: string[] = [];
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: prefix });
    await this.#ask(prefix, async () => {
      for await (const { Contents = [] } of pages) objects.push(...Contents.map(({ Key = '' }) => Key));
    });
    return objects.filter((object) => {
      const seq = Number(object.slice(prefix.length).split('-')[0]);
      return seq >= from && seq < size;
    });
  }

  #get(object: string): Promise<SealedEntry> {
    return this.#ask(object, async () => {
      const command = new GetObjectCommand({ Bucket: this.#bucket, Key: object });
      const text = await (await this.#client.send(command, inTime())).Body?.transformToString();
      const { header, sealed } = entrySchema.parse(JSON.parse(text ?? ''));
      return parseEntry({ header, ...(sealed === undefined ? {} : { sealed }) });
    });
  }

  async #ask<Result>(object: string, request: () => Promise<Result>): Promise<Result> {
    try {
      return await request();
    } catch (error) {
      throw explainS3(error, object);
    }
  }
}

const folderOf = (callId: string) => `live/${encodeURIComponent(callId)}`;
const headOf = (callId: string) => `${folderOf(callId)}/head.json`;
const entriesOf = (callId: string) => `${folderOf(callId)}/entries/`;
const entryOf = (callId: string, seq: number, hash: string) =>
  `${entriesOf(callId)}${String(seq).padStart(8, '0')}-${hash}.json`;
const tokenOf = (lease: Lease) => `${lease.callId} ${leaseToken(lease)}`;
