import { setupBounds } from '@vestibule/edge-config';
import { Counter, Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { type Counters, countersOf } from './kamailio-counters.ts';

/** What the host is at one moment. What is silent is left out. */
export interface Snapshot {
  counters?: Counters;
  isDraining?: boolean;
  targets?: readonly { uri: string; state: string }[];
  banned?: number;
  media?: MediaTotals;
  /** Seconds since the epoch. */
  certificateUntil?: number;
}

const mediaSchema = z.object({
  statistics: z.object({
    currentstatistics: z.object({ sessionstotal: z.number() }),
    totalstatistics: z.object({
      relayedpackets: z.number(),
      relayedpacketerrors: z.number(),
      onewaystreams: z.number(),
      zerowaystreams: z.number(),
      timeoutsessions: z.number(),
      rejectedsessions: z.number(),
    }),
  }),
});

export interface MediaTotals {
  calls: number;
  packets: number;
  errors: number;
  oneWay: number;
  noWay: number;
  timedOut: number;
  rejected: number;
}

/** RTPEngine's answer to `statistics`. @throws ZodError */
export function readMediaTotals(answer: unknown): MediaTotals {
  const { currentstatistics: now, totalstatistics: total } = mediaSchema.parse(answer).statistics;
  return {
    calls: now.sessionstotal,
    packets: total.relayedpackets,
    errors: total.relayedpacketerrors,
    oneWay: total.onewaystreams,
    noWay: total.zerowaystreams,
    timedOut: total.timeoutsessions,
    rejected: total.rejectedsessions,
  };
}

/** Prometheus' text format. `ended`: calls that edge/control ended since it was started. */
export async function exposition(
  snapshot: Snapshot,
  zone: string,
  ended: number,
): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  registry.setDefaultLabels({ zone });
  addKamailio(registry, snapshot);
  addMedia(registry, snapshot);
  total(registry, 'calls_ended_total', 'Calls ended because no RTP came from LiveKit SIP', ended);
  if (snapshot.certificateUntil !== undefined)
    gauge(registry, 'certificate_expiry_seconds', 'When the certificate expires', snapshot.certificateUntil);
  const times = snapshot.counters === undefined ? '' : setupTimes(zone, snapshot.counters);
  return { type: registry.contentType, text: `${await registry.metrics()}${times}` };
}

function addKamailio(registry: Registry, { counters, isDraining, targets, banned }: Snapshot): void {
  gauge(registry, 'kamailio_up', 'Whether Kamailio answers', counters === undefined ? 0 : 1);
  if (counters === undefined) return;
  const admitted = counter(registry, 'calls_admitted_total', 'Calls admitted', ['attestation', 'verified']);
  for (const { parts, value } of countersOf(counters, 'admitted'))
    admitted.inc({ attestation: parts[0] ?? '', verified: parts[1] ?? '' }, value);
  const refused = counter(registry, 'calls_refused_total', 'Calls refused', ['code', 'reason']);
  for (const { parts, value } of countersOf(counters, 'refused'))
    refused.inc({ code: parts[0] ?? '', reason: parts.slice(1).join('/') }, value);
  for (const [name, key, help] of [
    ['bans_total', 'bans', 'Strangers banned'],
    ['livekit_sip_failed_total', 'target-failed', 'Attempts at a LiveKit SIP service that failed'],
    ['livekit_sip_silent_total', 'silent', 'Calls that rang and fell silent'],
    ['media_elsewhere_total', 'media-elsewhere', 'Calls whose media another zone’s RTPEngine took'],
    ['calls_outward_total', 'outward', 'Outbound calls'],
    ['calls_not_granted_total', 'not-granted', 'Outbound calls and REFERs without a valid grant'],
  ] as const)
    total(registry, name, help, counters.get(key) ?? 0);
  if (isDraining !== undefined) gauge(registry, 'draining', 'Whether new calls get 503', isDraining ? 1 : 0);
  if (banned !== undefined) gauge(registry, 'banned', 'Strangers who are not listened to', banned);
  const up = new Gauge({
    name: name('livekit_sip_up'),
    help: 'Whether Kamailio counts the service as alive',
    labelNames: ['uri'],
    registers: [registry],
  });
  for (const { uri, state } of targets ?? []) up.set({ uri }, state === 'active' ? 1 : 0);
}

function addMedia(registry: Registry, { media }: Snapshot): void {
  gauge(registry, 'rtpengine_up', 'Whether RTPEngine answers', media === undefined ? 0 : 1);
  if (media === undefined) return;
  gauge(registry, 'calls', 'Calls that are up', media.calls);
  for (const [name, value, help] of [
    ['rtp_packets_total', media.packets, 'RTP packets relayed'],
    ['rtp_errors_total', media.errors, 'RTP packets dropped: foreign sources, bad keys'],
    ['rtp_oneway_total', media.oneWay, 'Streams that ended with audio in one direction only'],
    ['rtp_noway_total', media.noWay, 'Streams that ended without any audio'],
    ['rtp_timeouts_total', media.timedOut, 'Calls that ended because no RTP came from either side'],
    ['rtp_rejected_total', media.rejected, 'Calls for which RTPEngine had no room'],
  ] as const)
    total(registry, name, help, value);
}

/** Kamailio counts each call in one bucket, Prometheus wants them added up: which prom-client has no way to say. */
function setupTimes(zone: string, counters: Counters): string {
  const metric = name('setup_seconds');
  let sum = 0;
  const buckets = [...setupBounds, 'inf' as const].map((bound) => {
    sum += counters.get(`setup/${bound}`) ?? 0;
    return `${metric}_bucket{le="${bound === 'inf' ? '+Inf' : bound / 1000}",zone="${zone}"} ${sum}`;
  });
  return [
    `# HELP ${metric} From INVITE to 200`,
    `# TYPE ${metric} histogram`,
    ...buckets,
    `${metric}_sum{zone="${zone}"} ${(counters.get('setup-ms') ?? 0) / 1000}`,
    `${metric}_count{zone="${zone}"} ${sum}`,
    '',
  ].join('\n');
}

const name = (short: string) => `vestibule_edge_${short}`;

function counter(registry: Registry, short: string, help: string, labelNames: string[]): Counter {
  return new Counter({ name: name(short), help, labelNames, registers: [registry] });
}

const total = (registry: Registry, short: string, help: string, value: number) =>
  counter(registry, short, help, []).inc(value);

const gauge = (registry: Registry, short: string, help: string, value: number) =>
  new Gauge({ name: name(short), help, registers: [registry] }).set(value);
