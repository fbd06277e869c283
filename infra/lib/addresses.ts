/** Subnets of one zone; all but `edge-outer` are isolated. */
export type SubnetKind = 'edge-outer' | 'edge-inner' | 'app' | 'data' | 'endpoints';

export interface Subnet {
  kind: SubnetKind;
  /** From 0. */
  zone: number;
  cidr: string;
}

/** First third octet within a zone's eight, and length of prefix. */
const blocks: Record<SubnetKind, { first: number; bits: number }> = {
  'edge-outer': { first: 0, bits: 24 },
  'edge-inner': { first: 1, bits: 24 },
  data: { first: 2, bits: 24 },
  endpoints: { first: 3, bits: 24 },
  app: { first: 4, bits: 22 },
};
/** Third octets that a zone takes. */
const perZone = 8;

/** @throws RangeError when the network is no /16. */
export function subnets({ network, zones }: { network: string; zones: readonly string[] }): Subnet[] {
  const [, prefix] = /^(\d+\.\d+)\.0\.0\/16$/.exec(network) ?? [];
  if (prefix === undefined) throw new RangeError(`aws.network: ${network} is no /16`);
  return zones.flatMap((_, zone) =>
    Object.entries(blocks).map(([kind, { first, bits }]) => ({
      kind: kind as SubnetKind,
      zone,
      cidr: `${prefix}.${zone * perZone + first}.0/${bits}`,
    })),
  );
}
