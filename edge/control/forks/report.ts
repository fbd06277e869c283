import { z } from 'zod';
import type { HostPort } from '@vestibule/config';

/** The two parties of a call as the edge has them: `caller` is towards the carrier, `agent` towards LiveKit SIP. */
export const legs = ['caller', 'agent'] as const;
export type Leg = (typeof legs)[number];

export interface LegReport {
  /** Of what the party sends, e.g. `PCMU/8000`. */
  codec?: string;
  /** What came from the party. */
  packets: number;
  bytes: number;
  errors: number;
  lastPacketAt: string;
}

export interface Subscription {
  id: string;
  /** Where RTP is sent. */
  rtp: HostPort[];
}

export interface CallReport {
  legs: Partial<Record<Leg, LegReport>>;
  subscriptions: Subscription[];
}

/** What is known of a call in RTPEngine's terms besides. */
export interface QueriedCall extends CallReport {
  /** RTPEngine's names of the parties. */
  tags: Partial<Record<Leg, string>>;
  /** How many subscriptions were ended: RTPEngine 10.5 keeps their ports until the call ends. */
  ended: number;
}

const count = z.number().default(0);
const relation = z.object({ tag: z.string(), type: z.string() });
const streamSchema = z.object({
  'local address': z.string().default(''),
  /** Empty until the party has answered. */
  endpoint: z.object({ address: z.string().optional(), port: z.number().optional() }).default({}),
  'last packet': count,
  flags: z.array(z.string()).default([]),
  stats: z.object({ packets: count, bytes: count, errors: count }),
});
const tagSchema = z.object({
  tag: z.string(),
  subscriptions: z.array(relation).default([]),
  medias: z
    .array(z.object({ codec: z.string().optional(), streams: z.array(streamSchema).default([]) }))
    .default([]),
});
/** RTPEngine 10.5's answer to `query`, as far as it is read. */
const querySchema = z.object({
  tags: z.record(z.string(), tagSchema).default({}),
});
type Tag = z.infer<typeof tagSchema>;

/** @throws ZodError for what is no answer to `query`. */
export function readQuery(answer: unknown, privateAddress: string): QueriedCall {
  const { tags } = querySchema.parse(answer);
  const call: QueriedCall = { legs: {}, tags: {}, subscriptions: [], ended: 0 };
  for (const tag of Object.values(tags)) {
    const [stream] = rtpStreams(tag);
    if (isRelated(tag, 'pub/sub')) {
      const rtp = rtpStreams(tag).flatMap(({ endpoint }) => placeOf(endpoint));
      call.subscriptions.push({ id: tag.tag, rtp });
    } else if (stream && tag.tag !== '' && isRelated(tag, 'offer/answer')) {
      const leg: Leg = stream['local address'] === privateAddress ? 'agent' : 'caller';
      call.tags[leg] = tag.tag;
      call.legs[leg] = legReport(tag);
    } else if (subscriberName.test(tag.tag)) call.ended += 1;
  }
  return call;
}

/** How RTPEngine names subscribers. */
const subscriberName = /^[0-9a-f]{64}$/;

const isRelated = (tag: Tag, type: string) => tag.subscriptions.some((relation) => relation.type === type);

const rtpStreams = (tag: Tag) =>
  tag.medias.flatMap(({ streams }) => streams.filter(({ flags }) => flags.includes('RTP')));

const placeOf = ({
  address,
  port,
}: {
  address?: string | undefined;
  port?: number | undefined;
}): HostPort[] => (address === undefined || port === undefined ? [] : [{ host: address, port }]);

function legReport(tag: Tag): LegReport {
  const [stream] = rtpStreams(tag);
  const codec = tag.medias[0]?.codec;
  return {
    ...(codec === undefined ? {} : { codec }),
    ...(stream?.stats ?? { packets: 0, bytes: 0, errors: 0 }),
    lastPacketAt: new Date((stream?.['last packet'] ?? 0) * 1000).toISOString(),
  };
}
