import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { newId } from '@vestibule/core';
import { z } from 'zod';
import { RecordError } from '../errors.ts';
import { genesis } from '../log/chain.ts';

const headSchema = z.object({
  /** Of this version of the head alone: tells a writer that lost the answer that the write was its own. */
  write: z.string(),
  fence: z.number(),
  /** How many entries the log has, and the last one's hash. */
  size: z.number(),
  head: z.string(),
  /** `renewal` counts them, so that whoever looks can tell whether the holder is alive. */
  lease: z.object({ token: z.string(), renewal: z.number(), ttlMs: z.number() }).optional(),
  key: z.string().optional(),
  /** Wall clock, ms: the call is forgotten from then on. */
  forgetAt: z.number().optional(),
});
export type Head = z.infer<typeof headSchema>;

const none: Head = { write: '', fence: 0, size: 0, head: genesis };

/** How often a write is tried that others were quicker than. */
const attempts = 50;

/** How long a request may take, with its repetitions, ms. */
const requestMs = 5000;
export const inTime = () => ({ abortSignal: AbortSignal.timeout(requestMs) });

/** The one object of a call that changes: only by compare-and-swap on its ETag. */
export class S3Heads {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #now: () => number;

  constructor(client: S3Client, bucket: string, now: () => number) {
    this.#client = client;
    this.#bucket = bucket;
    this.#now = now;
  }

  async load(object: string): Promise<Head> {
    return (await this.#load(object)).head;
  }

  /**
   * Replaces the head by what `change` makes of it, and asks it again when somebody else was quicker. Undefined leaves all as it is.
   * @returns what it was changed to, if it was. @throws RecordError `unreachable`, `misconfigured`; what `change` throws
   */
  async change(
    object: string,
    change: (head: Head) => Promise<Head | undefined> | Head | undefined,
  ): Promise<Head | undefined> {
    let written = '';
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { head, etag } = await this.#load(object);
      if (written !== '' && head.write === written) return head;
      const next = await change(head);
      if (!next) return undefined;
      written = newId('write');
      const body = { ...next, write: written };
      if (await this.#put(object, JSON.stringify(body), etag)) return body;
    }
    throw new RecordError('unreachable', `${object} is written by too many at once`);
  }

  async #load(object: string): Promise<{ head: Head; etag?: string | undefined }> {
    try {
      const command = new GetObjectCommand({ Bucket: this.#bucket, Key: object });
      const { Body, ETag } = await this.#client.send(command, inTime());
      const head = headSchema.parse(JSON.parse((await Body?.transformToString()) ?? ''));
      return { head: (head.forgetAt ?? Infinity) > this.#now() ? head : none, etag: ETag };
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return { head: none };
      throw explainS3(error, object);
    }
  }

  /** @returns false when it is no longer the version with `etag`, or there is one and there was none. */
  async #put(object: string, body: string, etag: string | undefined): Promise<boolean> {
    const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
    const command = new PutObjectCommand({ Bucket: this.#bucket, Key: object, Body: body, ...condition });
    try {
      await this.#client.send(command, inTime());
      return true;
    } catch (error) {
      // 409: AWS, when another conditional write to the same object is under way. 404: the object is gone.
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 412 || status === 409 || (error as Error).name === 'NoSuchKey') return false;
      throw explainS3(error, object);
    }
  }
}

export function explainS3(error: unknown, object: string): RecordError {
  if (error instanceof RecordError) return error;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return new RecordError('corrupt', `${object} is no head of a log`, { cause: error });
  const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  if (status >= 400 && status < 429)
    return new RecordError('misconfigured', `the bucket of the log store refuses ${object}: ${detail}`, {
      cause: error,
    });
  return new RecordError('unreachable', `the bucket of the log store is out of reach (${detail})`, {
    cause: error,
  });
}
