import { Any } from '@bufbuild/protobuf';
import { DisconnectReason, SIPStatus, type SIPStatusCode } from '@livekit/protocol';
import { PsrpcError, type PsrpcErrorCode } from './psrpc/errors.ts';

/** A SIP refusal for reports and errors. */
export function sipStatus({ status, reason }: { status: number; reason: string }): SIPStatus {
  return new SIPStatus({ code: status as SIPStatusCode, status: reason });
}

/** Those recorded; of others the code is ours. */
const codes: Partial<Record<number, PsrpcErrorCode>> = {
  400: 'invalid_argument',
  404: 'not_found',
  408: 'deadline_exceeded',
  480: 'resource_exhausted',
  486: 'resource_exhausted',
  600: 'resource_exhausted',
  403: 'permission_denied',
  603: 'permission_denied',
};

/** The error of whoever asked for a call or a transfer that was refused. */
export function refusalError(what: string, refusal: { status: number; reason: string }): PsrpcError {
  const message = `${what}sip status: ${refusal.status}: ${refusal.reason}`;
  return new PsrpcError(codes[refusal.status] ?? 'failed_precondition', message, [
    Any.pack(sipStatus(refusal)),
  ]);
}

/** Why the participant leaves when its call is refused: a person's doing, or the trunk's. */
export function refusalReason(status: number): DisconnectReason {
  if ([401, 407, 486, 600, 603].includes(status)) return DisconnectReason.USER_REJECTED;
  if ([404, 408, 480, 487].includes(status)) return DisconnectReason.USER_UNAVAILABLE;
  return DisconnectReason.SIP_TRUNK_FAILURE;
}
