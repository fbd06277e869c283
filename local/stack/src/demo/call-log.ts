import { callKeys, parseEntry, payloadOf, type StoredEntry } from '@vestibule/record';
import { createClient } from 'redis';

/** Braces are plain characters in Redis patterns. */
const pattern = callKeys('*').log;

/** Reads, and only reads, what the agents write. */
export class CallLogReader {
  readonly #client: ReturnType<typeof createClient>;

  private constructor(client: ReturnType<typeof createClient>) {
    this.#client = client;
  }

  static async connect(url: string): Promise<CallLogReader> {
    const client: ReturnType<typeof createClient> = createClient({ url });
    // A lost store shows as the agents' fault; the reader itself only waits for it.
    client.on('error', () => undefined);
    await client.connect();
    return new CallLogReader(client);
  }

  /** Keys of all call logs there are. */
  async keys(): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const keys of this.#client.scanIterator({ MATCH: pattern, COUNT: 1000 })) {
      for (const key of keys) found.add(key);
    }
    return found;
  }

  /** The first log that is not among `known` and whose first entry names `caller`; undefined when there is none yet. */
  async findNew(known: ReadonlySet<string>, caller: string): Promise<string | undefined> {
    for (const key of await this.keys()) {
      if (known.has(key)) continue;
      const { entries } = await this.after(key, '0', 1);
      const call = entries[0] && payloadOf(entries[0], 'call');
      if (call && (call.piiCaller === undefined || call.piiCaller === caller)) return key;
    }
    return undefined;
  }

  /** Entries after stream id `from`, with the id to go on from. Waits up to `blockMs` for the first. */
  async after(key: string, from: string, blockMs: number): Promise<{ entries: StoredEntry[]; last: string }> {
    const answer = (await this.#client.xRead({ key, id: from }, { BLOCK: blockMs, COUNT: 100 })) as
      { messages: { id: string; message: Record<string, string> }[] }[] | null;
    const messages = answer?.[0]?.messages ?? [];
    return {
      entries: messages.map(({ message }) => parseEntry(message)),
      last: messages.at(-1)?.id ?? from,
    };
  }

  close(): void {
    this.#client.destroy();
  }
}
