import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { canonicalJson, type Clock, systemClock } from '@vestibule/core';
import { z } from 'zod';
import type { Archive } from '../archive/archive.ts';
import { RecordError } from '../errors.ts';
import { genesis } from '../log/chain.ts';
import { leafHash } from '../merkle/tree.ts';

export const accessActions = [
  'show',
  'verify',
  'export',
  'replay',
  'erase',
  'hold',
  'list',
  'examine',
] as const;

const accessSchema = z.strictObject({
  type: z.literal('vestibule/access/1'),
  tenant: z.string(),
  seq: z.number().int().nonnegative(),
  previous: z.string(),
  at: z.iso.datetime(),
  who: z.string(),
  action: z.enum(accessActions),
  callId: z.string().optional(),
  granted: z.boolean(),
  /** How much was seen (`redacted`), or why nothing (`key-unavailable`). */
  detail: z.string().optional(),
});
export type Access = z.infer<typeof accessSchema>;
export type AccessFacts = Pick<Access, 'who' | 'action' | 'callId' | 'granted' | 'detail'>;

/** Another writer may come first this often before we give up. */
const attempts = 20;
const most = 10 ** 12 - 1;

/**
 * Who saw which record: a chain of locked objects in the archive (HIPAA §164.312(b)). It needs no lease: an object is only put
 * where none is, so of two writers one is told to go after the other. Keys count down, so that the newest is listed first.
 */
export class AccessLog {
  readonly #archive: Archive;
  readonly #tenant: string;
  readonly #clock: Clock;

  constructor(archive: Archive, tenant: string, clock: Clock = systemClock) {
    this.#archive = archive;
    this.#tenant = tenant;
    this.#clock = clock;
  }

  /** Resolves when the entry is durable: nothing is shown before. @throws RecordError `unsealed` */
  async append(facts: AccessFacts): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const last = await this.#newest();
      const entry: Access = {
        type: 'vestibule/access/1',
        tenant: this.#tenant,
        seq: last ? last.seq + 1 : 0,
        previous: last ? hashOf(last) : genesis,
        at: new Date(this.#clock.now()).toISOString(),
        ...facts,
      };
      if (await this.#put(entry)) return;
    }
    throw new RecordError('unsealed', 'the access log is written by too many at once');
  }

  /** All entries, the oldest first. @throws RecordError `corrupt` */
  async read(): Promise<Access[]> {
    const entries: Access[] = [];
    let token: string | undefined;
    do {
      const page = await this.#list(1000, token);
      const keys = (page.Contents ?? []).flatMap(({ Key }) => Key ?? []);
      entries.push(...(await Promise.all(keys.map((key) => this.#get(key)))));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return entries.reverse();
  }

  get #prefix(): string {
    return `${this.#tenant}/access/`;
  }

  #list(count: number, token?: string) {
    const { client, bucket } = this.#archive;
    return client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: this.#prefix,
        MaxKeys: count,
        ContinuationToken: token,
      }),
    );
  }

  async #newest(): Promise<Access | undefined> {
    const key = (await this.#list(1)).Contents?.[0]?.Key;
    return key === undefined ? undefined : this.#get(key);
  }

  async #get(key: string): Promise<Access> {
    const { client, bucket } = this.#archive;
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const parsed = accessSchema.safeParse(JSON.parse((await object.Body?.transformToString()) ?? 'null'));
    if (!parsed.success) throw new RecordError('corrupt', `${key} is no entry of the access log`);
    return parsed.data;
  }

  /** False when somebody else has put an entry there. */
  async #put(entry: Access): Promise<boolean> {
    const { client, bucket, retainUntil } = this.#archive;
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${this.#prefix}${String(most - entry.seq).padStart(12, '0')}.json`,
          Body: canonicalJson(entry),
          ContentType: 'application/json',
          IfNoneMatch: '*',
          ObjectLockMode: 'COMPLIANCE',
          ObjectLockRetainUntilDate: retainUntil(new Date(this.#clock.now())),
        }),
      );
      return true;
    } catch (cause) {
      const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined;
      if (status === 412 || status === 409) return false;
      throw new RecordError('unsealed', 'the archive did not take an entry of the access log', { cause });
    }
  }
}

/** The first entry that does not follow the one before it, or undefined. */
export function accessFault(entries: readonly Access[]): { seq: number; problem: string } | undefined {
  let previous = genesis;
  for (const [seq, entry] of entries.entries()) {
    if (entry.seq !== seq) return { seq, problem: `is missing: entry ${entry.seq} stands in its place` };
    if (entry.previous !== previous) return { seq, problem: 'or the one before it has been altered' };
    previous = hashOf(entry);
  }
  return undefined;
}

const hashOf = (entry: Access) => leafHash(canonicalJson(entry)).toString('hex');
