import { createClient } from 'redis';

type Client = ReturnType<typeof createClient>;

const key = 'desk:waiting';

/** Rooms with a caller whom nobody has claimed yet: a sorted set by the time they were first seen. */
export class WaitingCalls {
  readonly #client: Client;
  readonly #blocking: Client;

  private constructor(client: Client, blocking: Client) {
    this.#client = client;
    this.#blocking = blocking;
  }

  static async connect(url: string, onError: (error: unknown) => void): Promise<WaitingCalls> {
    const client: Client = createClient({ url });
    const blocking: Client = createClient({ url });
    for (const each of [client, blocking]) each.on('error', onError);
    await Promise.all([client.connect(), blocking.connect()]);
    return new WaitingCalls(client, blocking);
  }

  /** Seen again is no news: the first time counts. */
  async add(room: string, at: number): Promise<void> {
    await this.#client.zAdd(key, { score: at, value: room }, { condition: 'NX' });
  }

  /** The room that waits longest, taken off; undefined when none came within `seconds`. */
  async take(seconds: number): Promise<string | undefined> {
    return (await this.#blocking.bzPopMin(key, seconds))?.value;
  }

  close(): void {
    this.#client.destroy();
    this.#blocking.destroy();
  }
}
