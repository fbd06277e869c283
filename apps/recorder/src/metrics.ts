import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Leg } from './edge/control-client.ts';
import type { Quality } from './rtp/quality.ts';

/** How a recorded call's RTP was. */
export interface CallQuality {
  zone: string;
  legs: Record<Leg, Quality | undefined>;
}

/** What Prometheus gets of one recorder: nothing that tells one call from another. */
export class RecorderMetrics {
  readonly #registry = new Registry();
  readonly #ended: Counter;
  readonly #loss: Histogram;
  readonly #jitter: Histogram;
  readonly #mos: Histogram;

  /** @param recordings how many there are now. */
  constructor(recordings: () => number) {
    const registers = [this.#registry];
    const labelNames = ['zone', 'leg'];
    new Gauge({
      name: 'vestibule_recorder_recordings',
      help: 'Calls that are being recorded',
      registers,
      collect() {
        this.set(recordings());
      },
    });
    this.#ended = new Counter({
      name: 'vestibule_recorder_ended_total',
      help: 'Recordings that ended',
      labelNames: ['ending'],
      registers,
    });
    this.#loss = new Histogram({
      name: 'vestibule_call_rtp_loss_ratio',
      help: 'RTP packets of a recorded call that never came, as a part of all',
      buckets: [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2],
      ...{ labelNames, registers },
    });
    this.#jitter = new Histogram({
      name: 'vestibule_call_rtp_jitter_seconds',
      help: 'Interarrival jitter (RFC 3550) of a recorded call, its mean',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08],
      ...{ labelNames, registers },
    });
    this.#mos = new Histogram({
      name: 'vestibule_call_mos_lq',
      help: 'Listening quality (MOS-LQ, E-model) of a recorded call',
      buckets: [2, 2.6, 3.1, 3.6, 4, 4.3],
      ...{ labelNames, registers },
    });
  }

  ended(ending: string, { zone, legs }: CallQuality): void {
    this.#ended.inc({ ending });
    for (const [leg, quality] of Object.entries(legs)) {
      if (quality === undefined) continue;
      this.#loss.observe({ zone, leg }, quality.loss);
      this.#jitter.observe({ zone, leg }, quality.jitterMs / 1000);
      this.#mos.observe({ zone, leg }, quality.mos);
    }
  }

  async exposition(): Promise<{ type: string; text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
