import { addressOf } from '@vestibule/local-network';

/**
 * Where everything listens on one machine: loopback addresses only, away from the usual ports of a desktop; with NET=zones the address of a
 * host of its own for each part, in local/network's namespaces.
 */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

export function tcp(host: string, port: number): Endpoint {
  return { host, port, protocol: 'tcp' };
}

export function udp(host: string, port: number): Endpoint {
  return { host, port, protocol: 'udp' };
}

/** `127.0.0.1:6390`, as programs want it. */
export function address({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}

/** NET=zones: two domains. Read here, because these constants stand before any environment is read. */
export const isInZones = process.env['NET'] === 'zones';

/** @param loopback for the edge's store the edge host's inner address, which stands in vestibule.yaml. */
const on = (host: string, loopback = '127.0.0.1') => (isInZones ? addressOf(host) : loopback);

export const ports = {
  redisBus: tcp(on('bus'), 6390),
  redisLog: tcp(on('call-log'), 6391),
  redisEdge: tcp(on('edge-store', '127.0.0.11'), 6392),
  livekit: tcp(on('livekit'), 7880),
  livekitMedia: udp(on('livekit'), 7882),
  s3: tcp(on('s3'), 7070),
  s3Events: tcp(on('enrich'), 4610),
  opensearch: tcp(on('opensearch'), 9290),
  opensearchTransport: tcp(on('opensearch'), 9390),
  aws: tcp(on('aws'), 4570),
  florizel: tcp(on('backend'), 4580),
  fhir: tcp(on('backend'), 4585),
  mcp: tcp(on('mcp'), 4590),
  /** The first agent worker; the others follow it. */
  agent: tcp(on('agent'), 4600),
  recorder: tcp(on('recorder'), 4620),
  sip: udp(on('livekit-sip-a'), 5180),
} as const;

/** The second zone's, with NET=zones. */
export const sipB = udp(on('livekit-sip-b'), ports.sip.port);

/** RTP of the SIP bridge, or of the official LiveKit SIP in its place. */
export const sipRtp = { from: 41000, to: 41499 } as const;

/** Where the recorder gets its copies of the media; vestibule.yaml's `edge.control.consumers` has it too. */
export const recorderRtp = { host: on('recorder', '127.0.0.30'), from: 42000, to: 42399 } as const;
