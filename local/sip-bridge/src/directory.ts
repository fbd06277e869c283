import { type Clock, CodedError } from '@vestibule/core';
import { SipClient, type SIPDispatchRuleInfo, type SIPInboundTrunkInfo } from 'livekit-server-sdk';
import type { Rule, RuleTarget, Trunk } from './matching.ts';

export type HeaderMode = 'none' | 'x-headers' | 'all-headers';

/** An inbound trunk as LiveKit Server keeps it. */
export interface InboundTrunk extends Trunk {
  name: string;
  username: string;
  password: string;
  realm: string;
  headers: Readonly<Record<string, string>>;
  headersToAttributes: Readonly<Record<string, string>>;
  attributesToHeaders: Readonly<Record<string, string>>;
  includeHeaders: HeaderMode;
  /** Undefined: the bridge's own limit. */
  ringingTimeoutMs: number | undefined;
  maxCallDurationMs: number | undefined;
}

/** A dispatch rule as LiveKit Server keeps it. */
export interface DispatchRule extends Rule {
  hidePhoneNumber: boolean;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  roomPreset: string;
  roomConfig: SIPDispatchRuleInfo['roomConfig'];
}

export interface Directory {
  trunks: InboundTrunk[];
  rules: DispatchRule[];
}

export type DirectoryErrorCode = 'directory-unavailable';

/** Reads the trunks and rules now. @throws CodedError `directory-unavailable`. */
export type ReadDirectory = () => Promise<Directory>;

const retryMs = 200;

/**
 * Reads from LiveKit Server's SIP API, anew for each call so that a rule just made counts at once. A server that is
 * out of reach is asked again until `patienceMs` have passed: it may be restarting.
 */
export function liveKitDirectory(options: {
  url: string;
  apiKey: string;
  apiSecret: string;
  clock: Clock;
  patienceMs: number;
}): ReadDirectory {
  const { apiKey, apiSecret, clock, patienceMs } = options;
  const client = new SipClient(options.url.replace(/^ws/, 'http'), apiKey, apiSecret);
  const read = async (): Promise<Directory> => {
    const [trunks, rules] = await Promise.all([client.listSipInboundTrunk(), client.listSipDispatchRule()]);
    return { trunks: trunks.map(trunkOf), rules: rules.flatMap(ruleOf) };
  };
  return async () => {
    const stop = new AbortController();
    const deadline = clock.monotonic() + patienceMs;
    const timeout = clock.sleep(patienceMs, stop.signal);
    try {
      for (;;) {
        const outcome = await Promise.race([
          read().then(
            (directory) => ({ directory }),
            (cause: unknown) => ({ cause }),
          ),
          timeout.then(() => ({ cause: undefined })),
        ]);
        if ('directory' in outcome) return outcome.directory;
        if (clock.monotonic() >= deadline)
          throw new CodedError<DirectoryErrorCode>(
            'directory-unavailable',
            'LiveKit Server does not answer',
            {
              cause: outcome.cause,
            },
          );
        await Promise.race([clock.sleep(retryMs, stop.signal), timeout]);
      }
    } finally {
      stop.abort();
    }
  };
}

export const headerModes: HeaderMode[] = ['none', 'x-headers', 'all-headers'];

function trunkOf(info: SIPInboundTrunkInfo): InboundTrunk {
  return {
    sipTrunkId: info.sipTrunkId,
    name: info.name,
    numbers: info.numbers,
    allowedAddresses: info.allowedAddresses,
    allowedNumbers: info.allowedNumbers,
    username: info.authUsername,
    password: info.authPassword,
    realm: info.authRealm,
    headers: info.headers,
    headersToAttributes: info.headersToAttributes,
    attributesToHeaders: info.attributesToHeaders,
    includeHeaders: headerModes[info.includeHeaders] ?? 'none',
    ringingTimeoutMs: milliseconds(info.ringingTimeout),
    maxCallDurationMs: milliseconds(info.maxCallDuration),
  };
}

/** Undefined for none, and for nothing. */
export function milliseconds(duration: { seconds: bigint; nanos: number } | undefined): number | undefined {
  const ms = duration === undefined ? 0 : Number(duration.seconds) * 1000 + duration.nanos / 1e6;
  return ms > 0 ? ms : undefined;
}

/** Empty for a rule of a type that this server knows and the bridge does not. */
function ruleOf(info: SIPDispatchRuleInfo): DispatchRule[] {
  const target = targetOf(info);
  if (!target) return [];
  const { sipDispatchRuleId, trunkIds, inboundNumbers, numbers, hidePhoneNumber } = info;
  const { metadata, attributes, roomPreset, roomConfig } = info;
  return [
    {
      sipDispatchRuleId,
      trunkIds,
      inboundNumbers,
      numbers,
      target,
      hidePhoneNumber,
      metadata,
      attributes,
      roomPreset,
      roomConfig,
    },
  ];
}

function targetOf({ rule }: SIPDispatchRuleInfo): RuleTarget | undefined {
  const target = rule?.rule;
  switch (target?.case) {
    case 'dispatchRuleDirect':
      return { kind: 'direct', roomName: target.value.roomName, pin: target.value.pin };
    case 'dispatchRuleIndividual': {
      const { roomPrefix, pin, noRandomness } = target.value;
      return { kind: 'individual', roomPrefix, pin, noRandomness };
    }
    case 'dispatchRuleCallee': {
      const { roomPrefix, pin, randomize } = target.value;
      return { kind: 'callee', roomPrefix, pin, randomize };
    }
    default:
      return undefined;
  }
}
