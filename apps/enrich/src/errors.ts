import { CodedError } from '@vestibule/core';

/** May succeed by itself later. */
const later = 'later';

/** What can go wrong with one call's enrichment: what passes, or what a person can do about what does not. */
const faults = {
  'invalid-environment': 'Mend the function’s environment, then send the event again',
  'invalid-event': 'Nobody but S3 and its queue should send events here: find out who did',
  'invalid-manifest': 'Compare the manifest’s versions: it is not as sealing writes it. Seal the call again',
  'invalid-response': 'The QuestionnaireResponse is none: find out what sealed it, and seal the call again',
  'invalid-transcript': 'The transcript is none: find out what sealed it, and seal the call again',
  'invalid-log': 'Run `vestibule record verify` on the call: its log does not open',
  'invalid-key': 'key.json is not a wrapped key: compare its versions',
  'invalid-root': 'Run `vestibule record verify` on the call: its signed root is none',
  'missing-object':
    'Bring the object back from its versions, or seal the call again, then send the event again',
  'object-too-large': 'Look at the object: nothing of a call should be that large',
  /** Its key went while copies of its data were made. */
  erased: 'Run `vestibule record erase` on the call again: copies were made while it was being erased',
  /** Not what the manifest says: a call sealed again is between its objects and its manifest for a moment. */
  'object-mismatch': later,
  /** Another invocation works on the call. */
  'in-progress': later,
  'archive-unavailable': later,
  'key-unavailable': later,
  'index-unavailable': later,
  'index-refused': 'Compare the mapping of the index `calls` with this version’s, then send the event again',
  'backend-unavailable': later,
  'backend-refused': 'Look up the status in the backend’s contract, then send the event again',
  'fhir-unavailable': later,
  'fhir-refused': 'The detail says what the FHIR server did not like and where; then send the event again',
  'events-unavailable': later,
  'events-refused': 'Check the name of the event bus and what may be put there, then send the event again',
  internal: later,
} as const satisfies Record<string, string>;

export type EnrichErrorCode = keyof typeof faults;

export class EnrichError extends CodedError<EnrichErrorCode> {
  /** Which object, which status: for the log. */
  readonly detail: string | undefined;

  /** `detail` must hold nothing of a caller's: Lambda shows the messages of errors that it is given. */
  constructor(code: EnrichErrorCode, { detail, cause }: { detail?: string; cause?: unknown } = {}) {
    super(code, detail === undefined ? code : `${code}: ${detail}`, { cause });
    this.detail = detail;
  }

  get retryable(): boolean {
    return faults[this.code] === later;
  }

  /** What a person can do; undefined when it may pass by itself. */
  get remedy(): string | undefined {
    return this.retryable ? undefined : faults[this.code];
  }
}

export function asEnrichError(error: unknown): EnrichError {
  return error instanceof EnrichError ? error : new EnrichError('internal', { cause: error });
}
