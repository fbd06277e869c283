import type { Config } from '@vestibule/config';
import { CodedError, systemClock } from '@vestibule/core';
import {
  type EdgePaths,
  isDraining,
  kamailioStatus,
  metricsTable,
  readCertificate,
  rpc,
  setDrain,
} from '@vestibule/edge-config';
import { type MediaTotals, readMediaTotals, type Snapshot } from './metrics/edge-metrics.ts';
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
    const [draining, media] = await Promise.all([
      isDraining(this.#paths).catch(() => undefined),
      this.#media(),
    ]);
    return {
      zone: this.#config.edge.zone,
      ...(draining === undefined ? {} : { draining }),
      ...(media && { calls: media.calls }),
    };
  }

  /** For the metrics; what does not answer is left out. */
  async snapshot(now: number): Promise<Snapshot> {
    const { tls } = this.#config.edge.public;
    const [dump, media, kamailio, shown] = await Promise.all([
      rpc(this.#paths, 'htable.dump', metricsTable).catch(() => undefined),
      this.#media(),
      kamailioStatus(this.#paths).catch(() => undefined),
      tls && readCertificate(tls, now),
    ]);
    return {
      ...kamailio,
      ...(dump === undefined ? {} : { counters: readCounters(dump) }),
      ...(media && { media }),
      ...(shown?.certificate && { certificateUntil: shown.certificate.validUntil.getTime() / 1000 }),
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

  async #media(): Promise<MediaTotals | undefined> {
    return this.#ng
      .ask('statistics')
      .then(readMediaTotals)
      .catch(() => undefined);
  }
}
