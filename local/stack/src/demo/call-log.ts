import { type CallKeys, callKeys, type Entry, openEntry, parseEntry, payloadOf } from '@vestibule/record';
import { createClient } from 'redis';

/** Braces are plain characters in Redis patterns. */
const pattern = callKeys('*').log;

/** One call's log as it can be read: its stream, and the call's key. */
export interface ReadableLog {
  stream: string;
  key: Buffer;
}

/** Reads, and only reads, what the agents write. */
export class CallLogReader {
  readonly #client: ReturnType<typeof createClient>;
  readonly #keys: CallKeys;

  private constructor(client: ReturnType<typeof createClient>, keys: CallKeys) {
    this.#client = client;
    this.#keys = keys;
  }

  static async connect(url: string, keys: CallKeys): Promise<CallLogReader> {
    const client: ReturnType<typeof createClient> = createClient({ url });
    // A lost store shows as the agents' fault; the reader itself only waits for it.
    client.on('error', () => undefined);
    await client.connect();
    return new CallLogReader(client, keys);
  }

  /** Streams of all calls' logs there are. */
  async streams(): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const keys of this.#client.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
      for (const key of keys) found.add(key);
    }
    return found;
  }

  /** The first log that is not among `known` and whose first entry names `caller`; undefined when there is none yet. */
  async findNew(known: ReadonlySet<string>, caller: string): Promise<ReadableLog | undefined> {
    for (const stream of await this.streams()) {
      if (known.has(stream)) continue;
      const log = await this.open(stream);
      const { entries } = log ? await this.after(log, '0', 1) : { entries: [] };
      const call = entries[0] && payloadOf(entries[0], 'call');
      if (log && call && (call.piiCaller === undefined || call.piiCaller === caller)) return log;
    }
    return undefined;
  }

  /** Entries after stream id `from`, with the id to go on from. Waits up to `blockMs` for the first. */
  async after(
    { stream, key }: ReadableLog,
    from: string,
    blockMs: number,
  ): Promise<{ entries: Entry[]; last: string }> {
    const answer = (await this.#client.xRead({ key: stream, id: from }, { BLOCK: blockMs, COUNT: 100 })) as
      { messages: { id: string; message: Record<string, string> }[] }[] | null;
    const messages = answer?.[0]?.messages ?? [];
    return {
      entries: messages.map(({ message }) => openEntry(key, parseEntry(message))),
      last: messages.at(-1)?.id ?? from,
    };
  }

  close(): void {
    this.#client.destroy();
  }

  /** A log that is known by its stream; undefined while it has not begun. */
  async open(stream: string): Promise<ReadableLog | undefined> {
    const callId = /\{(.+)\}/.exec(stream)?.[1] ?? '';
    const wrapped = await this.#client.get(callKeys(callId).key);
    return wrapped === null ? undefined : { stream, key: await this.#keys.unwrap(callId, wrapped) };
  }
}
