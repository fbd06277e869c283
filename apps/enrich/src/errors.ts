import { CodedError } from '@vestibule/core';

/** What can go wrong with one call's enrichment, and whether trying again may help. */
const retryable = {
  'invalid-environment': false,
  'invalid-event': false,
  'invalid-manifest': false,
  'invalid-response': false,
  'invalid-transcript': false,
  'invalid-log': false,
  'invalid-key': false,
  'invalid-root': false,
  'missing-object': false,
  'object-too-large': false,
  /** Not what the manifest says: a call sealed again is between its objects and its manifest for a moment. */
  'object-mismatch': true,
  'archive-unavailable': true,
  'key-unavailable': true,
  'index-unavailable': true,
  'index-refused': false,
  'backend-unavailable': true,
  'backend-refused': false,
  'fhir-unavailable': true,
  'fhir-refused': false,
  'events-unavailable': true,
  'events-refused': false,
  internal: true,
} as const satisfies Record<string, boolean>;

export type EnrichErrorCode = keyof typeof retryable;

export class EnrichError extends CodedError<EnrichErrorCode> {
  readonly retryable: boolean;
  /** Which object, which status: for the log. */
  readonly detail: string | undefined;

  /** `detail` must hold nothing of a caller's: Lambda shows the messages of errors that it is given. */
  constructor(code: EnrichErrorCode, { detail, cause }: { detail?: string; cause?: unknown } = {}) {
    super(code, detail === undefined ? code : `${code}: ${detail}`, { cause });
    this.detail = detail;
    this.retryable = retryable[code];
  }
}

export function asEnrichError(error: unknown): EnrichError {
  return error instanceof EnrichError ? error : new EnrichError('internal', { cause: error });
}
