import { createHash } from 'node:crypto';
import { isCodedError, systemClock } from '@vestibule/core';
import { ErrorReply } from 'redis';
import { RecordError } from '../errors.ts';
import { type Driver, driverFor, type DriverFactory, inTime } from './drivers.ts';

/** Lua that is sent once a server, and named by its digest from then on. */
export interface Script {
  source: string;
  sha: string;
  /** The first of its ARGV, where a script has several steps. */
  step?: string;
}

export const script = (source: string): Script => ({
  source,
  sha: createHash('sha1').update(source).digest('hex'),
});

/** How long a command may stay without an answer, ms: less than a lease, so that its owner knows in time. */
export const answerMs = 1000;
/** Pause before the next attempt to connect, ms. */
const retryMs = 100;
/** Pause before the next look at a cluster of which a node is out of reach, ms. */
const lookAgainMs = 500;
/** How long the first connection is tried for, ms. */
const patienceMs = 10_000;

/** What a server says that will do it later, or that is no longer (or not yet) the one to ask. */
const notNow =
  /^(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM|BUSY|UNBLOCKED|MOVED|ASK)\b/;
const notNowButElsewhere = /^(READONLY|MASTERDOWN|UNBLOCKED|MOVED)\b/;
const notAllowed = /^(NOPERM|NOAUTH|WRONGPASS)\b/;

/**
 * The log store as commands: one server, a cluster, or the primary that Sentinels name. It fails fast: while the store is
 * out of reach commands are refused at once, and nothing is kept to be sent later. A command without an answer for
 * `answerMs` fails, its connection is given up and a new one opened; whether it was done is not known.
 */
export class StoreConnection {
  readonly #factory: DriverFactory;
  readonly #onError: (error: unknown) => void;
  readonly #stop = new AbortController();
  #driver: Driver | undefined;
  #replacing = false;
  #reported = '';

  private constructor(factory: DriverFactory, onError: (error: unknown) => void) {
    this.#factory = factory;
    this.#onError = onError;
  }

  /**
   * `url`: see `parseStoreUrl`. `onError` hears once of each outage; connecting again goes by itself.
   * @throws RecordError `misconfigured`; `unreachable` when no server answered within `patience` ms.
   */
  static async open(
    url: string,
    onError: (error: unknown) => void,
    patience = patienceMs,
  ): Promise<StoreConnection> {
    const connection = new StoreConnection(await driverFor(url), onError);
    const until = systemClock.monotonic() + patience;
    for (;;) {
      const problem = await connection.#connect();
      if (problem === undefined) return connection;
      const error = explain(problem, 'connecting');
      if (!isCodedError(error, 'unreachable') || systemClock.monotonic() >= until) {
        connection.destroy();
        throw error;
      }
      await systemClock.sleep(retryMs);
    }
  }

  /**
   * A command on the node that holds `key`. @param waitMs how long the server may take before it answers, ms.
   * @throws RecordError `unreachable` or `misconfigured`; ErrorReply
   */
  async send(key: string, args: string[], waitMs = 0): Promise<unknown> {
    try {
      return await this.#send(key, args, waitMs);
    } catch (error) {
      throw explain(error, args[0] ?? '');
    }
  }

  /** A script, whose first key says where. @throws as `send` does */
  async run(what: Script, keys: [string, ...string[]], args: string[]): Promise<unknown> {
    const { source, sha, step } = what;
    const rest = [String(keys.length), ...keys, ...(step === undefined ? [] : [step]), ...args];
    try {
      return await this.#send(keys[0], ['EVALSHA', sha, ...rest]);
    } catch (error) {
      if (!isReply(error, /^NOSCRIPT/)) throw explain(error, 'EVALSHA');
      return this.send(keys[0], ['EVAL', source, ...rest]);
    }
  }

  /** Waits for the answers to what was sent. */
  async close(): Promise<void> {
    this.#stop.abort();
    const driver = this.#driver;
    this.#driver = undefined;
    if (driver) await retire(driver);
  }

  destroy(): void {
    this.#stop.abort();
    this.#driver?.destroy();
    this.#driver = undefined;
  }

  async #send(key: string, args: string[], waitMs = 0): Promise<unknown> {
    const driver = this.#driver;
    if (!driver) throw new RecordError('unreachable', 'the log store is out of reach');
    try {
      return await inTime(driver.send(key, args), waitMs + answerMs);
    } catch (error) {
      if (!(error instanceof ErrorReply) || isReply(error, notNowButElsewhere)) this.#lost(driver);
      throw error;
    }
  }

  /** @returns what went wrong, if anything did. */
  async #connect(): Promise<unknown> {
    let driver: Driver | undefined;
    try {
      driver = await this.#factory.open({
        onError: (error) => this.#report(error),
        onLost: () => driver && this.#lost(driver),
      });
    } catch (error) {
      this.#report(error);
      return error;
    }
    if (this.#stop.signal.aborted) driver.destroy();
    else this.#driver = driver;
    this.#reported = '';
    return undefined;
  }

  #lost(driver: Driver): void {
    if (this.#driver !== driver || this.#replacing || this.#stop.signal.aborted) return;
    this.#replacing = true;
    if (!this.#factory.shared) {
      this.#driver = undefined;
      driver.destroy();
    }
    void this.#replace(driver).finally(() => (this.#replacing = false));
  }

  async #replace(old: Driver): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && (await this.#connect()) !== undefined) await systemClock.sleep(retryMs, signal);
    if (this.#factory.shared) void retire(old);
    await systemClock.sleep(this.#factory.shared ? lookAgainMs : retryMs, signal);
  }

  #report(error: unknown): void {
    const text = String(error);
    if (text === this.#reported || this.#stop.signal.aborted) return;
    this.#reported = text;
    this.#onError(error);
  }
}

/** Lets a driver have the answers that are still on their way. */
async function retire(driver: Driver): Promise<void> {
  await inTime(driver.close(), answerMs).catch(() => {});
  driver.destroy();
}

const isReply = (error: unknown, pattern: RegExp): error is ErrorReply =>
  error instanceof ErrorReply && pattern.test(error.message);

/** What callers see: RecordError, or the server's own words when they are about neither place nor rights. */
function explain(error: unknown, command: string): Error {
  if (error instanceof RecordError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  if (isReply(error, notAllowed)) {
    const message = `the log store refuses ${command}: ${detail}. Give its user what packages/record/README.md lists`;
    return new RecordError('misconfigured', message, { cause: error });
  }
  if (error instanceof ErrorReply && !notNow.test(detail)) return error;
  const message = `the log store is out of reach (${command}: ${detail})`;
  return new RecordError('unreachable', message, { cause: error });
}
