/** Where everything listens on one machine: loopback addresses only, away from the usual ports of a desktop. */
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

const local = '127.0.0.1';
/** The edge host's inner address; its outer one and all of its SIP and RTP ports stand in vestibule.yaml. */
const edgePrivate = '127.0.0.11';

export const ports = {
  redisBus: tcp(local, 6390),
  redisLog: tcp(local, 6391),
  redisEdge: tcp(edgePrivate, 6392),
  livekit: tcp(local, 7880),
  livekitMedia: udp(local, 7882),
  s3: tcp(local, 7070),
  s3Events: tcp(local, 4610),
  opensearch: tcp(local, 9290),
  opensearchTransport: tcp(local, 9390),
  aws: tcp(local, 4570),
  florizel: tcp(local, 4580),
  fhir: tcp(local, 4585),
  mcp: tcp(local, 4590),
  /** The first agent worker; the others follow it. */
  agent: tcp(local, 4600),
  recorder: tcp(local, 4620),
  sip: udp(local, 5180),
} as const;

/** RTP of the SIP bridge, or of the official LiveKit SIP in its place. */
export const sipRtp = { from: 41000, to: 41499 } as const;

/** Where the recorder gets its copies of the media; vestibule.yaml's `edge.control.consumers` has it too. */
export const recorderRtp = { host: '127.0.0.30', from: 42000, to: 42399 } as const;
