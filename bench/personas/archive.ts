import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '@vestibule/core';
import { z } from 'zod';

const manifest = z.object({ startedAt: z.string(), outcome: z.string() });
export type SealedCall = z.infer<typeof manifest> & { folder: string };

/** Looks for sealed calls in the archive: a call is there once its manifest is. */
export class CallArchive {
  readonly #s3: S3Client;
  readonly #bucket: string;
  readonly #clock: Clock;

  constructor(s3: S3Client, bucket: string, clock: Clock) {
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#clock = clock;
  }

  /** Folders of the sealed calls, `<tenant>/<yyyy>/<mm>/<dd>/<callId>/`. */
  async folders(): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const page of paginateListObjectsV2({ client: this.#s3 }, { Bucket: this.#bucket })) {
      for (const { Key = '' } of page.Contents ?? []) {
        if (Key.endsWith('/manifest.json')) found.add(Key.slice(0, -'manifest.json'.length));
      }
    }
    return found;
  }

  /** The call that was sealed since `known` was taken; undefined when none is within `withinMs`. */
  async next(known: ReadonlySet<string>, withinMs: number): Promise<SealedCall | undefined> {
    const until = this.#clock.monotonic() + withinMs;
    for (;;) {
      const folder = [...(await this.folders())].find((candidate) => !known.has(candidate));
      if (folder !== undefined)
        return { folder, ...manifest.parse(await this.json(`${folder}manifest.json`)) };
      if (this.#clock.monotonic() >= until) return undefined;
      await this.#clock.sleep(1000);
    }
  }

  async json(key: string): Promise<unknown> {
    const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? 'null') as unknown;
  }
}
