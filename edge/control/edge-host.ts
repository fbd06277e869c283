import type { Config } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import { type EdgePaths, edgeStatus, isDraining, metricsTable, rpc, setDrain } from '@vestibule/edge-config';
import { z } from 'zod';
import { readMediaTotals, type Snapshot } from './metrics/edge-metrics.ts';
import { readCounters } from './metrics/kamailio-counters.ts';
import type { NgClient } from './ng/ng-client.ts';

export type EdgeHostErrorCode = 'kamailio-silent';

export interface EdgeStatus {
  zone: string;
  /** New calls get 503; undefined when Kamailio does not answer. */
  draining?: boolean;
  /** Calls that RTPEngine has; undefined when it does not answer. */
  calls?: number;
}

const statisticsSchema = z.object({
  statistics: z.object({ currentstatistics: z.object({ sessionstotal: z.number() }) }),
});

/** The edge host as a whole. */
export class EdgeHost {
  readonly #config: Config;
  readonly #paths: EdgePaths;
  readonly #ng: Pick<NgClient, 'ask'>;

  constructor(config: Config, paths: EdgePaths, ng: Pick<NgClient, 'ask'>) {
    this.#config = config;
    this.#paths = paths;
    this.#ng = ng;
  }

  async status(): Promise<EdgeStatus> {
    const [draining, calls] = await Promise.all([
      isDraining(this.#paths).catch(() => undefined),
      this.#calls().catch(() => undefined),
    ]);
    return {
      zone: this.#config.edge.zone,
      ...(draining === undefined ? {} : { draining }),
      ...(calls === undefined ? {} : { calls }),
    };
  }

  /** For the metrics; what does not answer is left out. */
  async snapshot(now: number): Promise<Snapshot> {
    const [dump, media, { isDraining, targets, banned, certificate }] = await Promise.all([
      rpc(this.#paths, 'htable.dump', metricsTable).catch(() => undefined),
      this.#ng.ask('statistics').then(readMediaTotals, () => undefined),
      edgeStatus(this.#config, { paths: this.#paths, clock: { ...systemClock, now: () => now } }),
    ]);
    return {
      ...(dump === undefined ? {} : { counters: readCounters(dump) }),
      ...(media && { media }),
      ...(isDraining === undefined ? {} : { isDraining }),
      ...(targets && { targets }),
      ...(banned === undefined ? {} : { banned }),
      ...(certificate && { certificateUntil: certificate.validUntil.getTime() / 1000 }),
    };
  }

  /** New calls get 503 from now on, or no longer; calls that are up go on. @throws CodedError `kamailio-silent` */
  async drain(on: boolean): Promise<void> {
    try {
      await setDrain(this.#paths, on, systemClock);
    } catch (cause) {
      throw new CodedError<EdgeHostErrorCode>('kamailio-silent', 'Kamailio does not answer', { cause });
    }
  }

  async #calls(): Promise<number> {
    const { statistics } = statisticsSchema.parse(await this.#ng.ask('statistics'));
    return statistics.currentstatistics.sessionstotal;
  }
}
