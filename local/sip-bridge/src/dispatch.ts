import { createHash } from 'node:crypto';
import {
  header,
  headerList,
  parseNameAddress,
  parseUri,
  tagOf,
  type SipMessage,
  type SipRequest,
} from '@vestibule/local-telephony';
import type { DispatchRule, HeaderMode, InboundTrunk } from './directory.ts';
import type { CallParties } from './matching.ts';

/** Everything the SIP participant is made of. */
export interface Dispatch {
  room: string;
  identity: string;
  name: string;
  metadata: string;
  attributes: Record<string, string>;
  roomPreset: string;
  roomConfig: DispatchRule['roomConfig'];
}

/** Caller, dialled number and source of an INVITE: From, To, and where the packet came from. */
export function partiesOf(invite: SipRequest, sourceAddress: string): CallParties {
  const from = parseUri(parseNameAddress(header(invite, 'from') ?? '').uri);
  const to = parseUri(parseNameAddress(header(invite, 'to') ?? '').uri);
  return {
    caller: from?.user ?? '',
    callerHost: from?.host ?? '',
    dialled: to?.user ?? '',
    sourceAddress,
  };
}

/** How many characters of a hidden number are shown. */
const shownDigits = 4;

/**
 * Room, identity and attributes by a rule, as LiveKit Server answers EvaluateSIPDispatchRules and the SIP service
 * completes it. Later ones override: the rule's attributes, headers of the INVITE, then `sip.*`.
 */
export function dispatchCall(
  call: { invite: SipRequest; parties: CallParties; callId: string; localTag: string; status: string },
  rule: DispatchRule,
  trunk: InboundTrunk | undefined,
  randomName: () => string,
): Dispatch {
  const { invite, parties } = call;
  const hidden = rule.hidePhoneNumber;
  const shown = hidden
    ? parties.caller.slice(parties.caller.length <= shownDigits ? -1 : -shownDigits)
    : parties.caller;
  const hash = createHash('sha256').update(parties.caller).digest('hex').slice(0, 16);
  return {
    room: roomName(rule, { shown, dialled: parties.dialled }, randomName),
    identity: `sip_${hidden ? hash : parties.caller}`,
    name: `Phone ${shown}`,
    metadata: rule.metadata,
    roomPreset: rule.roomPreset,
    roomConfig: rule.roomConfig,
    attributes: {
      ...rule.attributes,
      ...(trunk ? headerAttributes(invite, trunk, call.localTag) : {}),
      'sip.callID': call.callId,
      'sip.callIDFull': header(invite, 'call-id') ?? '',
      'sip.callStatus': call.status,
      'sip.callTag': tagOf(header(invite, 'from')) ?? '',
      'sip.ruleID': rule.sipDispatchRuleId,
      'sip.trunkID': trunk?.sipTrunkId ?? '',
      ...(hidden
        ? {}
        : {
            'sip.hostname': parties.callerHost,
            'sip.phoneNumber': parties.caller,
            'sip.trunkPhoneNumber': parties.dialled,
          }),
    },
  };
}

function roomName(
  { target }: DispatchRule,
  { shown, dialled }: { shown: string; dialled: string },
  randomName: () => string,
): string {
  if (target.kind === 'direct') return target.roomName;
  const number = target.kind === 'individual' ? shown : dialled;
  const random = target.kind === 'individual' ? !target.noRandomness : target.randomize;
  const prefix = target.roomPrefix === '' ? '' : `${target.roomPrefix}_`;
  return `${prefix}${number}${random ? `_${randomName()}` : ''}`;
}

/**
 * `sip.h.*` by the trunk's mode, and the mapped headers, which work in every mode: of an inbound INVITE, or of the
 * answer to an outbound one.
 */
export function headerAttributes(
  message: SipMessage,
  trunk: Pick<InboundTrunk, 'includeHeaders' | 'headersToAttributes'>,
  localTag: string,
): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of receivedHeaders(message, localTag)) {
    if (includes(trunk.includeHeaders, name)) attributes[`sip.h.${name.toLowerCase()}`] = value;
  }
  for (const [name, attribute] of Object.entries(trunk.headersToAttributes)) {
    const value = header(message, name);
    if (value !== undefined) attributes[attribute] = value;
  }
  return attributes;
}

function includes(mode: HeaderMode, name: string): boolean {
  return mode === 'all-headers' || (mode === 'x-headers' && /^x-/i.test(name));
}

/** The fields as the service sees them: To already with its own tag; of several Vias the topmost. */
function receivedHeaders(message: SipMessage, localTag: string): [string, string][] {
  return message.headers
    .filter(([name]) => !/^(via|v)$/i.test(name))
    .map(([name, value]): [string, string] => {
      const untaggedTo = /^(to|t)$/i.test(name) && tagOf(value) === undefined;
      return [name, untaggedTo ? `${value};tag=${localTag}` : value];
    })
    .concat([['Via', headerList(message, 'via')[0] ?? '']]);
}

/** The headers that attributes become, in the answer, in REFER and in BYE; those without a value are left out. */
export function mappedHeaders(
  trunk: Pick<InboundTrunk, 'attributesToHeaders'> | undefined,
  attributes: Readonly<Record<string, string>>,
): [string, string][] {
  return Object.entries(trunk?.attributesToHeaders ?? {}).flatMap(([attribute, name]) => {
    const value = attributes[attribute];
    return value ? [[name, oneLine(value)] as [string, string]] : [];
  });
}

/** A line end in a value would start a header of its own. */
export function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ');
}
