import type { PartialMessage } from '@bufbuild/protobuf';
import {
  DisconnectReason,
  SIPCallDirection,
  type SIPCallInfo,
  SIPCallStatus,
  SIPTransport,
} from '@livekit/protocol';
import { type CallOutcome, parseNameAddress, parseUri } from '@vestibule/local-telephony';
import type { Ending } from './endings.ts';
import { PsrpcError } from './psrpc/errors.ts';
import type { OutboundPlan } from './outbound-request.ts';
import type { CreateParticipantRequest } from './sip-internal.ts';
import { refusalError, refusalReason, sipStatus } from './sip-status.ts';

/** How an outbound call ends: for the room, for the reports, and for whoever waits for its answer. */
export interface OutboundEnd {
  ending: Ending;
  /** Why the participant leaves. */
  reason: DisconnectReason;
  /** In the first report of the end. */
  report: PartialMessage<SIPCallInfo>;
  /** What the API says when it is still waiting for the answer. */
  error: PsrpcError;
}

function outboundEnd(ending: Ending, reason: DisconnectReason, error: PsrpcError): OutboundEnd {
  return { ending, reason, error, report: {} };
}

/** An end that is nobody's failure. */
export function plainEnd(ending: Ending, reason = DisconnectReason.CLIENT_INITIATED): OutboundEnd {
  return outboundEnd(ending, reason, new PsrpcError('canceled', 'the call has ended'));
}

export function noAnswer(text = 'sip request timed out'): OutboundEnd {
  return outboundEnd('nobody-answered', DisconnectReason.USER_UNAVAILABLE, new PsrpcError('canceled', text));
}

/** An end that is the trunk's or the bridge's failure. */
export function brokenEnd(ending: Ending, error: PsrpcError): OutboundEnd {
  const end = outboundEnd(ending, DisconnectReason.SIP_TRUNK_FAILURE, error);
  return { ...end, report: { callStatus: SIPCallStatus.SCS_ERROR, error: error.message } };
}

/** The callee's refusal, in the official service's words where those were seen: 404, 480, 486, 503, 603 and 401. */
export function refusedEnd(
  refusal: Extract<CallOutcome, { kind: 'refused' }>,
  hasCredentials: boolean,
): OutboundEnd {
  const { status } = refusal;
  const reason = refusalReason(status);
  if ((status === 401 || status === 407) && !hasCredentials) {
    const text = 'sip server required auth, but no username or password was provided';
    return { ...brokenEnd('refused', new PsrpcError('failed_precondition', text)), reason };
  }
  const expected = status >= 400 && status < 500;
  const error = refusalError(
    expected ? 'INVITE failed: ' : 'unexpected status from INVITE response: ',
    refusal,
  );
  const end =
    reason === DisconnectReason.SIP_TRUNK_FAILURE
      ? brokenEnd('refused', error)
      : outboundEnd('refused', reason, error);
  return { ...end, report: { ...end.report, callStatusCode: sipStatus(refusal) } };
}

/** What LiveKit Server is told of an outbound call from the first report on. */
export function outboundInfo(
  request: CreateParticipantRequest,
  { invite }: OutboundPlan,
  own: { address: string; port: number },
): PartialMessage<SIPCallInfo> {
  const transport = SIPTransport.SIP_TRANSPORT_UDP;
  const host = parseUri(parseNameAddress(invite.from).uri)?.host ?? own.address;
  return {
    callId: request.sipCallId,
    trunkId: request.sipTrunkId,
    roomName: request.roomName,
    participantIdentity: request.participantIdentity,
    participantAttributes: request.participantAttributes,
    fromUri: { user: request.number, host, ip: own.address, port: own.port, transport },
    toUri: { user: request.callTo, host: invite.peer.address, port: invite.peer.port, transport },
    callDirection: SIPCallDirection.SCD_OUTBOUND,
    mediaEncryption: 'SIP_MEDIA_ENCRYPT_DISABLE',
  };
}
