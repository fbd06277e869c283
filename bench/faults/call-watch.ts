import { createClient } from 'redis';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  type CallKeys,
  callKeys,
  type Entry,
  kmsCallKeys,
  openEntry,
  parseEntry,
  payloadOf,
} from '@vestibule/record';

/** Looks at the log store from outside, as the demo does: which worker holds the call, and what its log says. */
export class CallWatch {
  readonly #redis: ReturnType<typeof createClient>;
  readonly #keys: CallKeys;

  private constructor(redis: ReturnType<typeof createClient>, keys: CallKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  static async connect(
    url: string,
    { keyId, tenant }: { keyId: string; tenant: string },
  ): Promise<CallWatch> {
    const redis: ReturnType<typeof createClient> = createClient({ url });
    redis.on('error', () => undefined);
    await redis.connect();
    return new CallWatch(redis, kmsCallKeys(new KMSClient(), { keyId, tenant }));
  }

  async callIds(): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const names of this.#redis.scanIterator({ MATCH: callKeys('*').log, COUNT: 1000 }))
      for (const name of names) found.add(/\{(.+)\}/.exec(name)?.[1] ?? '');
    return found;
  }

  /** The pid of the worker that holds the call; workers are named by their pid on one machine. */
  async holder(callId: string): Promise<number | undefined> {
    const token = await this.#redis.get(callKeys(callId).lease);
    const pid = /^worker-(\d+)#/.exec(token ?? '')?.[1];
    return pid === undefined ? undefined : Number(pid);
  }

  async entries(callId: string): Promise<Entry[]> {
    const { key, log } = callKeys(callId);
    const wrapped = await this.#redis.get(key);
    if (wrapped === null) return [];
    const opened = await this.#keys.unwrap(callId, wrapped);
    const messages = await this.#redis.xRange(log, '-', '+');
    return (messages ?? []).map(({ message }) => openEntry(opened, parseEntry(message)));
  }

  close(): void {
    this.#redis.destroy();
  }
}

/** The answers that stood on the log at an entry: item to its value as JSON. What was rejected at its read-back stands no more. */
export function answersBefore(entries: readonly Entry[], seq: number): Map<string, string> {
  const standing = new Map<string, string>();
  for (const entry of entries.slice(0, seq)) {
    for (const event of (payloadOf(entry, 'answer')?.piiEvents ?? []) as {
      kind: string;
      linkId?: string;
      value?: unknown;
      confirmed?: boolean;
    }[]) {
      if (event.linkId === undefined) continue;
      if (event.kind === 'rejected' || event.kind === 'invalid') standing.delete(event.linkId);
      if ((event.kind === 'answered' && event.confirmed === true) || event.kind === 'confirmed')
        standing.set(event.linkId, JSON.stringify(event.value));
    }
  }
  return standing;
}
