import { CodedError } from '@vestibule/core';
import type { Any } from '@bufbuild/protobuf';

/** psrpc's codes, as far as they are used here. LiveKit Server makes the API's errors of them. */
export type PsrpcErrorCode =
  | 'canceled'
  | 'deadline_exceeded'
  | 'failed_precondition'
  | 'internal'
  | 'invalid_argument'
  | 'not_found'
  | 'permission_denied'
  | 'resource_exhausted'
  | 'unavailable'
  | 'unimplemented';

/** An error for the one who asked: its message and details travel to the API's caller. */
export class PsrpcError extends CodedError<PsrpcErrorCode> {
  readonly details: readonly Any[];

  constructor(code: PsrpcErrorCode, message: string, details: readonly Any[] = []) {
    super(code, message);
    this.details = details;
  }
}
