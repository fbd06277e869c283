/** An address, and whose of the flow matrix it is. */
export interface End {
  place: string;
  address: string;
}

/** A machine of the two domains: a network namespace with one cable. */
export interface Host {
  name: string;
  /** An edge host has two: towards carriers, and towards the app tier. */
  ends: readonly [End, ...End[]];
  /** What the internet knows its first end by. */
  elasticIp?: string;
  /** Outside the VPC. */
  isOutside?: true;
}

/** The VPC. */
export const vpc = '10.80.0.0/16';
/** Where every host's route leads. */
export const routerAddress = '10.80.0.1';
/** Whoever starts and watches all of this: no part of the deployment, so no row of the matrix. */
export const operatorAddress = '10.80.99.1';

const edgeHost = (zone: string, net: number): Host => ({
  name: `edge-${zone}`,
  ends: [
    { place: 'edge-outer', address: `10.80.${net}.10` },
    { place: 'edge-inner', address: `10.80.${net}.11` },
  ],
  elasticIp: `203.0.113.${net}0`,
});

const host = (name: string, address: string, place = name): Host => ({ name, ends: [{ place, address }] });
const outside = (name: string, address: string): Host => ({ ...host(name, address), isOutside: true });

/** What is outside has addresses that RFC 5737 keeps for documentation. */
export const hosts: readonly Host[] = [
  outside('internet', '192.0.2.66'),
  {
    name: 'carrier',
    // One address here; Twilio's signalling and media come from different networks.
    ends: [
      { place: 'carrier', address: '198.51.100.20' },
      { place: 'carrier-media', address: '198.51.100.20' },
    ],
    isOutside: true,
  },
  edgeHost('a', 1),
  edgeHost('b', 2),
  host('livekit-sip-a', '10.80.11.5', 'livekit-sip'),
  host('livekit-sip-b', '10.80.12.5', 'livekit-sip'),
  host('livekit', '10.80.11.10'),
  host('agent', '10.80.11.20'),
  host('mcp', '10.80.11.30'),
  host('recorder', '10.80.11.40'),
  host('bus', '10.80.21.10'),
  host('call-log', '10.80.21.20'),
  host('edge-store', '10.80.21.30'),
  host('opensearch', '10.80.21.40'),
  host('aws', '10.80.31.10'),
  host('s3', '10.80.31.20'),
  host('enrich', '10.80.31.30'),
  host('backend', '10.80.41.10'),
];

/** @throws RangeError for a name that there is not. */
export function hostOf(name: string): Host {
  const found = hosts.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`there is no host ${name}`);
  return found;
}

export const addressesOf = ({ ends }: Host): string[] => [...new Set(ends.map(({ address }) => address))];

/** Of its first end. */
export const addressOf = (name: string): string => hostOf(name).ends[0].address;
