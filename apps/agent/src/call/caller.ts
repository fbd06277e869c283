import type { ParticipantInfo } from 'livekit-server-sdk';
import { ParticipantInfo_Kind } from '@livekit/protocol';

/** What the SIP side says about a call: its participant's attributes, with the edge's headers among them. */
export interface CallFacts {
  callId: string;
  room: string;
  identity: string;
  dialled: string;
  caller: string | undefined;
  edge: {
    decision?: string;
    zone?: string;
    carrier?: string;
    sipCallId?: string;
    attestation: string;
    verified: boolean;
  };
}

/** Begins the room of a call that we place ourselves: LiveKit SIP's rooms of callers begin with `call-`. */
const ownPrefix = 'back-';

export const attemptRoom = (callId: string) => `${ownPrefix}${callId}`;

/** The call id of the call-back that a room was made for; undefined for a caller's room. */
export const attemptIn = (room: string): string | undefined =>
  room.startsWith(ownPrefix) ? room.slice(ownPrefix.length) : undefined;

/** Of a call-back its log alone knows more: what its participant says is about our own call. */
const nothingKnown = { dialled: '', caller: undefined, edge: { attestation: 'none', verified: false } };

/** Begins the identity of staff who were dialled into a caller's room. LiveKit SIP's own for callers begin with `sip_`. */
export const staffPrefix = 'staff_';

/** Listed still, and gone. */
export const hasHungUp = ({ attributes }: Pick<ParticipantInfo, 'attributes'>) =>
  attributes['sip.callStatus'] === 'hangup';

export const isStaff = ({ identity }: Pick<ParticipantInfo, 'identity'>) => identity.startsWith(staffPrefix);

/** A caller's participant, that is: staff are on the telephone too, and no caller. */
export const isSipParticipant = (who: Pick<ParticipantInfo, 'kind' | 'identity'>) =>
  Number(who.kind) === Number(ParticipantInfo_Kind.SIP) && !isStaff(who);

/** Header attributes as LiveKit SIP names them with SIP_X_HEADERS: `sip.h.` and the lower-case name. */
const edgeHeader = (name: string) => `sip.h.x-vestibule-${name}`;

export function callFacts(room: string, { identity, attributes }: ParticipantInfo): CallFacts | undefined {
  const attempt = attemptIn(room);
  if (attempt !== undefined) return { ...nothingKnown, callId: attempt, room, identity };
  const callId = attributes['sip.callID'];
  if (callId === undefined || callId === '') return undefined;
  const header = (name: string) => attributes[edgeHeader(name)] || undefined;
  const sipCallId = attributes['sip.callIDFull'] || undefined;
  const optional = Object.fromEntries(
    ['decision', 'zone', 'carrier'].flatMap((name) =>
      header(name) === undefined ? [] : [[name, header(name)]],
    ),
  ) as { decision?: string; zone?: string; carrier?: string };
  return {
    callId,
    room,
    identity,
    dialled: header('number') ?? attributes['sip.trunkPhoneNumber'] ?? '',
    caller: attributes['sip.phoneNumber'] || undefined,
    // Only what the edge vouches for counts: no header, no attestation.
    edge: {
      ...optional,
      ...(sipCallId === undefined ? {} : { sipCallId }),
      attestation: header('attestation') ?? 'none',
      verified: header('verified') === 'yes',
    },
  };
}
