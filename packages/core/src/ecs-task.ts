import type { Clock } from './clock.ts';
import { describeError } from './coded-error.ts';
import type { Logger } from './logger.ts';

/** How much of what a worker can hold it holds. */
export interface Load {
  held: number;
  capacity: number;
  /** Of the whole deployment, as this worker sees it. */
  waiting: number;
}

/** How often a worker says how it is loaded, ms. Sums over a minute are right only when it is one. */
const reportMs = 60_000;
const watchMs = 1000;
/** How long a task is protected, and after how long that is asked for anew. A worker that dies leaves no task that cannot be ended. */
const protectedMinutes = 60;
const renewMs = 10 * 60_000;

/**
 * Says once a minute how a worker is loaded (log line `load`: what services scale by), and, where `agentUri` (ECS_AGENT_URI) is
 * given, keeps ECS from ending its task while it holds something. Resolves when `signal` aborts.
 */
export async function watchLoad(options: {
  load: () => Promise<Load>;
  /** What it holds now; asked each second. */
  held: () => number;
  clock: Clock;
  logger: Logger;
  signal: AbortSignal;
  agentUri?: string | undefined;
}): Promise<void> {
  const { load, held, clock, logger, signal, agentUri } = options;
  const protection = agentUri === undefined ? undefined : new TaskProtection(agentUri, clock, logger);
  let reportedAt = -Infinity;
  while (!signal.aborted) {
    await protection?.keep(held() > 0);
    if (clock.monotonic() - reportedAt >= reportMs) {
      reportedAt = clock.monotonic();
      try {
        logger.info('load', { ...(await load()) });
      } catch (error) {
        logger.warn('load not known', describeError(error));
      }
    }
    await clock.sleep(watchMs, signal);
  }
}

/** Scale-in protection by the ECS agent's endpoint (task-protection/v1/state). */
class TaskProtection {
  readonly #url: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #isOn = false;
  #askedAt = -Infinity;
  #isFailing = false;

  constructor(agentUri: string, clock: Clock, logger: Logger) {
    this.#url = `${agentUri}/task-protection/v1/state`;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Never rejects: a task that ECS could not be asked for is protected by the hand-over of its calls alone. */
  async keep(isWanted: boolean): Promise<void> {
    const age = this.#clock.monotonic() - this.#askedAt;
    if (isWanted === this.#isOn && (!isWanted || age < renewMs)) return;
    try {
      const response = await fetch(this.#url, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ProtectionEnabled: isWanted,
          ...(isWanted ? { ExpiresInMinutes: protectedMinutes } : {}),
        }),
        signal: AbortSignal.timeout(2000),
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      await response.body?.cancel();
      this.#isOn = isWanted;
      this.#askedAt = this.#clock.monotonic();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#logger.warn('task not protected', describeError(error));
      this.#isFailing = true;
    }
  }
}
