import { openCallsKey as openKey, script, StoreConnection } from '@vestibule/record';

/** One hash slot, so that a script may move a room from one to the other in cluster mode. */
const waitingKey = '{desk}:waiting';
const heldKey = '{desk}:held';
const withStaffKey = '{desk}:with-staff';
/** No call lasts as long, ms. */
const withStaffMs = 86_400_000;

/** KEYS held; ARGV room, ms. By the store's own clock: workers' clocks may differ. */
const holdScript = script(`
local now = redis.call('TIME')
redis.call('ZADD', KEYS[1], now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[2], ARGV[1])`);

/** KEYS held, waiting → number of rooms whose holder did not renew in time, and which wait again. */
const sweepScript = script(`
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local late = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ms, 'LIMIT', 0, 20)
for _, room in ipairs(late) do
  redis.call('ZREM', KEYS[1], room)
  redis.call('ZADD', KEYS[2], 'NX', ms, room)
end
return #late`);

/**
 * Rooms with a caller whom nobody has claimed yet, by the time they were first seen; and the rooms that are held, by the
 * time at which their lease ends unless it is renewed. The lease itself, in the log store, decides who holds a call;
 * this only tells quickly that it may be worth asking.
 */
export class WaitingCalls {
  readonly #store: StoreConnection;
  /** For the one command that waits: it would keep all others waiting. */
  readonly #blocking: StoreConnection;

  private constructor(store: StoreConnection, blocking: StoreConnection) {
    this.#store = store;
    this.#blocking = blocking;
  }

  /** `url` and errors: see `StoreConnection.open`, also for what the methods throw. */
  static async connect(url: string, onError: (error: unknown) => void): Promise<WaitingCalls> {
    const store = await StoreConnection.open(url, onError);
    return new WaitingCalls(store, await StoreConnection.open(url, onError));
  }

  /** Seen again is no news: the first time counts. */
  async add(room: string, at: number): Promise<void> {
    await this.#store.send(waitingKey, ['ZADD', waitingKey, 'NX', String(at), room]);
  }

  /** The room that waits longest, taken off; undefined when none came within `seconds`. */
  async take(seconds: number): Promise<string | undefined> {
    const command = ['BZPOPMIN', waitingKey, String(seconds)];
    const popped = await this.#blocking.send(waitingKey, command, seconds * 1000);
    return (popped as [key: string, room: string, score: string] | null)?.[1];
  }

  /** Rooms that nobody has claimed. */
  async count(): Promise<number> {
    return Number(await this.#store.send(waitingKey, ['ZCARD', waitingKey]));
  }

  /** The room's call is held for `ms` more. */
  async hold(room: string, ms: number): Promise<void> {
    await this.#store.run(holdScript, [heldKey], [room, String(ms)]);
  }

  /** A call has begun: until it is sealed, somebody answers for it. */
  async opened(callId: string, room: string): Promise<void> {
    await this.#store.send(openKey, ['HSET', openKey, callId, room]);
  }

  async sealed(callId: string): Promise<void> {
    await this.#store.send(openKey, ['HDEL', openKey, callId]);
  }

  /** Calls that are not sealed yet: id and room. */
  async openCalls(): Promise<[callId: string, room: string][]> {
    const members = (await this.#store.send(openKey, ['HGETALL', openKey])) as string[];
    return members.flatMap((callId, i) => (i % 2 === 0 ? [[callId, members[i + 1] ?? '']] : []));
  }

  /** The room's call is over, or given up. */
  async letGo(room: string): Promise<void> {
    await this.#store.send(heldKey, ['ZREM', heldKey, room]);
  }

  /** Lets rooms wait again whose holder has not renewed in time. */
  async sweep(): Promise<void> {
    await this.#store.run(sweepScript, [heldKey, waitingKey], []);
  }

  /** Caller and staff talk there, and need no agent. Rooms of more than a day before are forgotten. */
  async leaveToStaff(room: string, at: number): Promise<void> {
    await this.#store.send(withStaffKey, ['ZADD', withStaffKey, String(at), room]);
    for (const old of await this.#withStaff('-inf', String(at - withStaffMs))) await this.staffDone(old);
  }

  /** Rooms that agents have left to caller and staff, less than a day before `at`. */
  async withStaff(at: number): Promise<ReadonlySet<string>> {
    return new Set(await this.#withStaff(`(${at - withStaffMs}`, '+inf'));
  }

  async #withStaff(from: string, to: string): Promise<string[]> {
    return (await this.#store.send(withStaffKey, ['ZRANGEBYSCORE', withStaffKey, from, to])) as string[];
  }

  /** One of the two has hung up. */
  async staffDone(room: string): Promise<void> {
    await this.#store.send(withStaffKey, ['ZREM', withStaffKey, room]);
  }

  close(): void {
    this.#store.destroy();
    this.#blocking.destroy();
  }
}
