import { BlockList, isIP } from 'node:net';
import { CodedError } from '@vestibule/core';

/** What of a LiveKit inbound trunk decides who may call it. */
export interface Trunk {
  sipTrunkId: string;
  numbers: readonly string[];
  allowedAddresses: readonly string[];
  allowedNumbers: readonly string[];
}

export type RuleTarget =
  | { kind: 'direct'; roomName: string; pin: string }
  | { kind: 'individual'; roomPrefix: string; pin: string; noRandomness: boolean }
  | { kind: 'callee'; roomPrefix: string; pin: string; randomize: boolean };

/** What of a LiveKit dispatch rule decides which calls it takes. */
export interface Rule {
  sipDispatchRuleId: string;
  /** Empty: every trunk's calls, and those of none. */
  trunkIds: readonly string[];
  /** Callers, as they are written in From. Empty: all. */
  inboundNumbers: readonly string[];
  /** Dialled numbers, as written in To. Empty: all. */
  numbers: readonly string[];
  target: RuleTarget;
}

/** Who calls whom, and from where. */
export interface CallParties {
  caller: string;
  callerHost: string;
  dialled: string;
  sourceAddress: string;
}

export type MatchingErrorCode = 'several-trunks';

/** `+` and digits for what looks like a telephone number; anything else unchanged. */
export function normalizeNumber(number: string): string {
  if (!/^\+?[\d\- ()]+$/.test(number)) return number;
  const digits = number.replace(/[\- ()]/g, '');
  return digits.startsWith('+') ? digits : `+${digits}`;
}

function containsNumber(numbers: readonly string[], number: string): boolean {
  return numbers.some((other) => normalizeNumber(other) === normalizeNumber(number));
}

function containsAddress(mask: string, { sourceAddress, callerHost }: CallParties): boolean {
  if (mask === callerHost) return true;
  const [network = '', bits] = mask.split('/');
  const version = isIP(network);
  if (version === 0 || version !== isIP(sourceAddress)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const length = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits);
  const list = new BlockList();
  list.addSubnet(network, length, family);
  return list.check(sourceAddress, family);
}

function allows(trunk: Trunk, parties: CallParties): boolean {
  const { allowedNumbers, allowedAddresses } = trunk;
  const number = allowedNumbers.length === 0 || containsNumber(allowedNumbers, parties.caller);
  return (
    number &&
    (allowedAddresses.length === 0 || allowedAddresses.some((mask) => containsAddress(mask, parties)))
  );
}

/**
 * The trunk a call comes in by: one that names the dialled number before one that names none, as LiveKit Server's
 * SIP dispatch does. Undefined when none takes it.
 * @throws CodedError `several-trunks` when two are equally good.
 */
export function matchTrunk<T extends Trunk>(trunks: readonly T[], parties: CallParties): T | undefined {
  const open = trunks.filter((trunk) => allows(trunk, parties));
  const specific = open.filter(({ numbers }) => containsNumber(numbers, parties.dialled));
  const candidates = specific.length > 0 ? specific : open.filter(({ numbers }) => numbers.length === 0);
  if (candidates.length > 1)
    throw new CodedError<MatchingErrorCode>('several-trunks', 'several trunks match equally');
  return candidates[0];
}

/** Lower comes first: PIN before open; direct, individual, callee; those that name numbers before those that do not. */
function priority(rule: Rule): number {
  const kinds: RuleTarget['kind'][] = ['direct', 'individual', 'callee'];
  return (
    kinds.indexOf(rule.target.kind) +
    (rule.target.pin === '' ? 100 : 0) +
    (rule.inboundNumbers.length === 0 ? 1000 : 0) +
    (rule.numbers.length === 0 ? 1000 : 0)
  );
}

function roomOf({ target }: Rule): string {
  return target.kind === 'direct' ? target.roomName : target.roomPrefix;
}

function before(a: Rule, b: Rule): number {
  const byRoom = roomOf(a) < roomOf(b) ? -1 : 1;
  return priority(a) - priority(b) || byRoom;
}

/**
 * The rule for a call: those of its trunk before those of all trunks, then by priority. Once a PIN has been asked for,
 * only rules with the one keyed count: after `#` alone (an empty one) the open rules. Undefined: not asked yet.
 */
export function matchRule<R extends Rule>(
  rules: readonly R[],
  trunk: Trunk | undefined,
  parties: CallParties,
  keyedPin?: string,
): R | undefined {
  const fitting = rules.filter(
    ({ inboundNumbers, numbers, target }) =>
      (inboundNumbers.length === 0 || inboundNumbers.includes(parties.caller)) &&
      (numbers.length === 0 || numbers.includes(parties.dialled)) &&
      (keyedPin === undefined || target.pin === keyedPin),
  );
  const ofTrunk = fitting.filter(({ trunkIds }) => trunk && trunkIds.includes(trunk.sipTrunkId));
  const ofAll = fitting.filter(({ trunkIds }) => trunkIds.length === 0);
  return (ofTrunk.length > 0 ? ofTrunk : ofAll).sort(before)[0];
}
