import { createClient } from 'redis';

type Client = ReturnType<typeof createClient>;

/** One hash slot, so that a script may move a room from one to the other in cluster mode. */
const waitingKey = '{desk}:waiting';
const heldKey = '{desk}:held';
const openKey = '{desk}:open';

/** KEYS held; ARGV room, ms. By the store's own clock: workers' clocks may differ. */
const holdScript = `
local now = redis.call('TIME')
redis.call('ZADD', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[2], ARGV[1])`;

/** KEYS held, waiting → number of rooms whose holder did not renew in time, and which wait again. */
const sweepScript = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local late = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ms, 'LIMIT', 0, 20)
for _, room in ipairs(late) do
  redis.call('ZREM', KEYS[1], room)
  redis.call('ZADD', KEYS[2], 'NX', ms, room)
end
return #late`;

/**
 * Rooms with a caller whom nobody has claimed yet, by the time they were first seen; and the rooms that are held, by the
 * time at which their lease ends unless it is renewed. The lease itself, in the log store, decides who holds a call;
 * this only tells quickly that it may be worth asking.
 */
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
    await this.#client.zAdd(waitingKey, { score: at, value: room }, { condition: 'NX' });
  }

  /** The room that waits longest, taken off; undefined when none came within `seconds`. */
  async take(seconds: number): Promise<string | undefined> {
    return (await this.#blocking.bzPopMin(waitingKey, seconds))?.value;
  }

  /** The room's call is held for `ms` more. */
  async hold(room: string, ms: number): Promise<void> {
    await this.#client.eval(holdScript, { keys: [heldKey], arguments: [room, String(ms)] });
  }

  /** A call has begun: until it is sealed, somebody answers for it. */
  async opened(callId: string, room: string): Promise<void> {
    await this.#client.hSet(openKey, callId, room);
  }

  async sealed(callId: string): Promise<void> {
    await this.#client.hDel(openKey, callId);
  }

  /** Calls that are not sealed yet: id and room. */
  async openCalls(): Promise<[callId: string, room: string][]> {
    return Object.entries(await this.#client.hGetAll(openKey));
  }

  /** The room's call is over, or given up. */
  async letGo(room: string): Promise<void> {
    await this.#client.zRem(heldKey, room);
  }

  /** Lets rooms wait again whose holder has not renewed in time. */
  async sweep(): Promise<void> {
    await this.#client.eval(sweepScript, { keys: [heldKey, waitingKey], arguments: [] });
  }

  close(): void {
    this.#client.destroy();
    this.#blocking.destroy();
  }
}
