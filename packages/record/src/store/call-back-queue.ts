import { script, StoreConnection } from './connection.ts';

/** Of the desk's hash slot, with what else workers share. */
const key = '{desk}:call-backs';

/** KEYS queue; ARGV now, until → the first that is due, which is not offered again before `until`. */
const takeScript = script(`
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 1)
if #due == 0 then return false end
redis.call('ZADD', KEYS[1], ARGV[2], due[1])
return due[1]`);

/** KEYS queue; ARGV id, until → 1, or 0 when it was taken off. */
const keepScript = script(`
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
return 1`);

/** KEYS queue; ARGV id, or id, the next id and when it is due. One that was taken off is followed by none. */
const followScript = script(`
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
if ARGV[2] then redis.call('ZADD', KEYS[1], 'NX', ARGV[3], ARGV[2]) end
return 1`);

/** An attempt that is to be made. */
export interface Due {
  /** Its call id. */
  id: string;
  /** ms since the epoch, by the workers' clocks. */
  at: number;
}

/**
 * Attempts that are to be made, by the time at which they are due: call ids, and nothing of callers. An attempt stays until it is over, so that one whose worker died
 * is offered again; that it is made once is for its log to say.
 */
export class CallBackQueue {
  readonly #store: StoreConnection;

  private constructor(store: StoreConnection) {
    this.#store = store;
  }

  /** `url` and errors: see `StoreConnection.open`, also for what the methods throw. */
  static async connect(url: string, onError: (error: unknown) => void): Promise<CallBackQueue> {
    return new CallBackQueue(await StoreConnection.open(url, onError));
  }

  /** One that is there keeps its time. */
  async add({ id, at }: Due): Promise<void> {
    await this.#store.send(key, ['ZADD', key, 'NX', String(at), id]);
  }

  /** The first that is due, if any; nobody else is offered it before `until`. */
  async take(now: number, until: number): Promise<string | undefined> {
    return (
      ((await this.#store.run(takeScript, [key], [String(now), String(until)])) as string | null) ?? undefined
    );
  }

  /** It is offered again at `until` and not before. @returns false when it was taken off. */
  async keep(id: string, until: number): Promise<boolean> {
    return (await this.#store.run(keepScript, [key], [id, String(until)])) === 1;
  }

  /** It is over; `next` comes after it, unless it was taken off. */
  async follow(id: string, next: Due | undefined): Promise<void> {
    await this.#store.run(followScript, [key], [id, ...(next ? [next.id, String(next.at)] : [])]);
  }

  /** @returns whether it was there. */
  async cancel(id: string): Promise<boolean> {
    return (await this.#store.send(key, ['ZREM', key, id])) === 1;
  }

  async list(): Promise<Due[]> {
    const found = await this.#store.send(key, ['ZRANGEBYSCORE', key, '-inf', '+inf', 'WITHSCORES']);
    const flat = found as string[];
    return flat.flatMap((id, i) => (i % 2 === 0 ? [{ id, at: Number(flat[i + 1]) }] : []));
  }

  close(): void {
    this.#store.destroy();
  }
}
