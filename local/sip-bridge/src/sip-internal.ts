import { Duration, type Message, proto3 } from '@bufbuild/protobuf';
import {
  SIPCallInfo,
  SIPHeaderOptions,
  SIPMediaConfig,
  SIPTransferInfo,
  SIPTransport,
} from '@livekit/protocol';
import { bytes, flag, text, textMap } from './psrpc/fields.ts';

/**
 * LiveKit's internal messages between server and SIP service, which @livekit/protocol does not have: field numbers as
 * seen on the wire, and for those not seen from livekit-server's binary (1.13.5). Only the fields used here.
 */
export interface CreateParticipantRequest extends Message<CreateParticipantRequest> {
  /** host[:port] where the INVITE goes */
  address: string;
  /** Of From; empty: our own address. */
  hostname: string;
  /** The caller's, in From. */
  number: string;
  callTo: string;
  username: string;
  password: string;
  roomName: string;
  participantIdentity: string;
  participantName: string;
  participantMetadata: string;
  /** With `sip.*` filled in by the server. */
  participantAttributes: Record<string, string>;
  /** Key presses after the answer; `w` waits half a second. */
  dtmf: string;
  playDialtone: boolean;
  sipCallId: string;
  sipTrunkId: string;
  transport: SIPTransport;
  /** Of the trunk and of the request. */
  headers: Record<string, string>;
  headersToAttributes: Record<string, string>;
  attributesToHeaders: Record<string, string>;
  includeHeaders: SIPHeaderOptions;
  ringingTimeout?: Duration;
  maxCallDuration?: Duration;
  waitUntilAnswered: boolean;
  /** Undefined: the number. */
  displayName?: string;
  media?: SIPMediaConfig;
  /** Encoded; here only to be refused. */
  sipRequestUri: Uint8Array;
  sipFromHeader: Uint8Array;
  sipToHeader: Uint8Array;
}
export const CreateParticipantRequest = proto3.makeMessageType<CreateParticipantRequest>(
  'rpc.InternalCreateSIPParticipantRequest',
  () => [
    text(2, 'address'),
    text(3, 'number'),
    text(4, 'call_to'),
    text(5, 'username'),
    text(6, 'password'),
    text(7, 'room_name'),
    text(8, 'participant_identity'),
    text(11, 'dtmf'),
    flag(12, 'play_dialtone'),
    text(13, 'sip_call_id'),
    text(14, 'participant_name'),
    text(15, 'participant_metadata'),
    { no: 16, name: 'transport', kind: 'enum', T: proto3.getEnumType(SIPTransport) },
    textMap(17, 'participant_attributes'),
    text(19, 'sip_trunk_id'),
    text(20, 'hostname'),
    textMap(21, 'headers'),
    textMap(22, 'headers_to_attributes'),
    { no: 23, name: 'ringing_timeout', kind: 'message', T: Duration },
    { no: 24, name: 'max_call_duration', kind: 'message', T: Duration },
    textMap(26, 'attributes_to_headers'),
    { no: 27, name: 'include_headers', kind: 'enum', T: proto3.getEnumType(SIPHeaderOptions) },
    flag(29, 'wait_until_answered'),
    { ...text(31, 'display_name'), opt: true },
    { no: 34, name: 'media', kind: 'message', T: SIPMediaConfig },
    bytes(35, 'sip_request_uri'),
    bytes(36, 'sip_from_header'),
    bytes(37, 'sip_to_header'),
  ],
);

export interface CreateParticipantResponse extends Message<CreateParticipantResponse> {
  participantId: string;
  participantIdentity: string;
  sipCallId: string;
}
export const CreateParticipantResponse = proto3.makeMessageType<CreateParticipantResponse>(
  'rpc.InternalCreateSIPParticipantResponse',
  () => [text(1, 'participant_id'), text(2, 'participant_identity'), text(3, 'sip_call_id')],
);

export interface TransferParticipantRequest extends Message<TransferParticipantRequest> {
  sipCallId: string;
  /** As it goes into Refer-To. */
  transferTo: string;
  playDialtone: boolean;
  headers: Record<string, string>;
}
export const TransferParticipantRequest = proto3.makeMessageType<TransferParticipantRequest>(
  'rpc.InternalTransferSIPParticipantRequest',
  () => [text(1, 'sip_call_id'), text(2, 'transfer_to'), flag(3, 'play_dialtone'), textMap(4, 'headers')],
);

/** One of the two. */
export interface UpdateCallStateRequest extends Message<UpdateCallStateRequest> {
  callInfo?: SIPCallInfo;
  transferInfo?: SIPTransferInfo;
}
export const UpdateCallStateRequest = proto3.makeMessageType<UpdateCallStateRequest>(
  'rpc.UpdateSIPCallStateRequest',
  () => [
    { no: 1, name: 'call_info', kind: 'message', T: SIPCallInfo },
    { no: 2, name: 'transfer_info', kind: 'message', T: SIPTransferInfo },
  ],
);
