import { CodedError } from '@vestibule/core';

/**
 * `fenced`: the lease is another's or gone, so this writer must stop and stay silent. `fork`: the chain's head
 * in the store is not the one this writer built on. `unreachable`: the log store could not be reached, did not answer
 * in time or takes nothing now; whether it did what was asked is not known. `misconfigured`: its URL is wrong, or its user
 * may not do what is needed. `corrupt`: what was read is no entry.
 * `unsealed`: the archive refused or could not be reached. `key-unavailable`: the key service refused or could not be
 * reached. `erased`: the call's key is destroyed. `held`: a legal hold forbids it.
 */
export type RecordErrorCode =
  | 'fenced'
  | 'fork'
  | 'unreachable'
  | 'misconfigured'
  | 'corrupt'
  | 'unsealed'
  | 'key-unavailable'
  | 'erased'
  | 'held';

export class RecordError extends CodedError<RecordErrorCode> {}
