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
    const pid = /^worker-(?:[\w-]*-)?(\d+)#/.exec(token ?? '')?.[1];
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

  /** The call of this caller among those not `known` yet. */
  async callOf(number: string, known: ReadonlySet<string>): Promise<string | undefined> {
    for (const callId of await this.callIds()) {
      if (known.has(callId)) continue;
      const [first] = await this.entries(callId);
      if (first && payloadOf(first, 'call')?.piiCaller === number) return callId;
    }
    return undefined;
  }

  close(): void {
    this.#redis.destroy();
  }
}
