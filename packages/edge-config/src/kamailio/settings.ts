import type { Config, Rate } from '@vestibule/config';
import { CodedError } from '@vestibule/core';

/** Where the files of an edge host lie. Absolute, so that no daemon depends on its working directory. */
export interface EdgePaths {
  /** Rendered files. */
  files: string;
  /** Control socket and process ids; writable by the daemons. */
  run: string;
}

/** Numbers in the script that are chosen here rather than in vestibule.yaml, with the reason for each. */
export interface EdgeTimers {
  /**
   * ms without any answer until the next LiveKit SIP is tried. One retransmission (T1 = 500 ms) fits in; two dead
   * targets stay under the 4 s after which Twilio takes its next URI.
   */
  noAnswer: number;
  /**
   * ms of silence after a provisional answer. LiveKit SIP repeats 180 every 1.0 s while it rings and says nothing
   * more once it has refused, so three missed 180s mean refused (or dead).
   */
  silence: number;
  /** s between OPTIONS to each LiveKit SIP. */
  probe: number;
}

export const defaultTimers: EdgeTimers = { noAnswer: 1000, silence: 3000, probe: 2 };

export interface EdgeSettings {
  config: Config;
  paths: EdgePaths;
  timers: EdgeTimers;
}

/** Groups of the address list. */
export const groups = { carriers: 1, livekitSip: 2, carrierMedia: 3 } as const;

/** Dispatcher set of the LiveKit SIP services. */
export const livekitSet = 1;

export type EdgeErrorCode = 'path-too-long';

/** sun_path holds 108 bytes with its final NUL (unix(7)). */
const longestSocketPath = 107;

/**
 * kamcmd reaches Kamailio here.
 * @throws CodedError `path-too-long` when the system cannot bind a socket there.
 */
export function controlSocket({ run }: EdgePaths): string {
  const path = `${run}/kamailio.ctl`;
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  throw new CodedError<EdgeErrorCode>(
    'path-too-long',
    `${path} is too long for a Unix socket (${longestSocketPath} bytes): use a shorter directory`,
  );
}

/** Rates that are counted in a table of their own: pipelimit knows only calls per second. */
export function windowed({ perSource, perNumber, perCaller }: Config['rates']): [string, Readonly<Rate>][] {
  const all: [string, Readonly<Rate>][] = [
    ['source', perSource],
    ['number', perNumber],
    ['caller', perCaller],
  ];
  return all.filter(([, { seconds }]) => seconds > 1);
}

/** LiveKit SIP services in the order in which they are tried: the own zone's, then the other zones'. */
export const livekitServices = ({ edge, otherZones }: Config) =>
  [edge, ...otherZones].flatMap(({ livekitSip }) => livekitSip);

/** RTPEngine's sets: the own zone's is 1, the others' are 2, 3, … in the order of the file. */
export const mediaSets = ({ edge, otherZones }: Config): { set: number; socket: string }[] =>
  [edge, ...otherZones].map(({ private: { address, control } }, index) => ({
    set: index + 1,
    socket: `udp:${address}:${control}`,
  }));

/** `udp:10.0.1.11:5060`, the socket towards the app tier. */
export const privateSocket = ({ edge }: Config) => `udp:${edge.private.address}:${edge.private.sip}`;

/** UDP receivers per socket and memory (MB), sized by the calls that may be up at one time. */
export function sizing({ rates }: Config): { children: number; shared: number; perProcess: number } {
  return rates.concurrent <= 200
    ? { children: 2, shared: 32, perProcess: 4 }
    : { children: 8, shared: 256, perProcess: 8 };
}
