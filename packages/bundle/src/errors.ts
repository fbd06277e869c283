import { CodedError } from '@vestibule/core';

/**
 * `not-bundled`: what was to be put in is not fit for it; `malformed`: the file is no bundle; `bad-signature`; `altered`: signed, but not
 * what was signed.
 */
export type BundleErrorCode = 'not-bundled' | 'malformed' | 'bad-signature' | 'altered';

export class BundleError extends CodedError<BundleErrorCode> {
  override readonly name = 'BundleError';
}
