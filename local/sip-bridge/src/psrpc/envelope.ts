import { Any, type Message, type MessageType, proto3 } from '@bufbuild/protobuf';
import { bytes, float, int64, text } from './fields.ts';

/**
 * psrpc's messages on Redis, with the field numbers that were seen on the wire (psrpc 0.7.2). Only the fields that
 * LiveKit's services use: the methods' own messages travel as bytes, never in the `Any` fields.
 */
interface Msg extends Message<Msg> {
  typeUrl: string;
  value: Uint8Array;
}
const Msg = proto3.makeMessageType<Msg>('internal.Msg', () => [text(1, 'type_url'), bytes(2, 'value')]);

export interface Request extends Message<Request> {
  requestId: string;
  clientId: string;
  /** ns since the epoch */
  sentAt: bigint;
  /** ns since the epoch */
  expiry: bigint;
  rawRequest: Uint8Array;
}
export const Request = proto3.makeMessageType<Request>('internal.Request', () => [
  text(1, 'request_id'),
  text(2, 'client_id'),
  int64(3, 'sent_at'),
  int64(4, 'expiry'),
  bytes(8, 'raw_request'),
]);

export interface ClaimRequest extends Message<ClaimRequest> {
  requestId: string;
  serverId: string;
  affinity: number;
}
export const ClaimRequest = proto3.makeMessageType<ClaimRequest>('internal.ClaimRequest', () => [
  text(1, 'request_id'),
  text(2, 'server_id'),
  float(3, 'affinity'),
]);

export interface ClaimResponse extends Message<ClaimResponse> {
  requestId: string;
  /** The server that is to do it. */
  serverId: string;
}
export const ClaimResponse = proto3.makeMessageType<ClaimResponse>('internal.ClaimResponse', () => [
  text(1, 'request_id'),
  text(2, 'server_id'),
]);

export interface Response extends Message<Response> {
  requestId: string;
  serverId: string;
  /** ns since the epoch */
  sentAt: bigint;
  error: string;
  /** psrpc's code of the error, e.g. `unavailable`. */
  code: string;
  rawResponse: Uint8Array;
  errorDetails: Any[];
}
export const Response = proto3.makeMessageType<Response>('internal.Response', () => [
  text(1, 'request_id'),
  text(2, 'server_id'),
  int64(3, 'sent_at'),
  text(5, 'error'),
  text(6, 'code'),
  bytes(7, 'raw_response'),
  { no: 8, name: 'error_details', kind: 'message', T: Any, repeated: true },
]);

const prefix = 'type.googleapis.com/';

/** A message as it is published. */
export function pack<T extends Message<T>>(message: T): Uint8Array {
  const typeUrl = `${prefix}${message.getType().typeName}`;
  return new Msg({ typeUrl, value: message.toBinary() }).toBinary();
}

/** The message of that type in a payload; undefined for another type, or for bytes that are none. */
export function unpack<T extends Message<T>>(type: MessageType<T>, payload: Uint8Array): T | undefined {
  try {
    const { typeUrl, value } = Msg.fromBinary(payload);
    return typeUrl === `${prefix}${type.typeName}` ? type.fromBinary(value) : undefined;
  } catch {
    return undefined;
  }
}
