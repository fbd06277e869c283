import { CodedError } from '@vestibule/core';

/**
 * `fenced`: the lease is another's or gone, so this writer must stop and stay silent. `fork`: the chain's head
 * in the store is not the one this writer built on. `corrupt`: what was read is no entry. `unsealed`: the
 * archive refused or could not be reached. `key-unavailable`: the key service refused or could not be reached.
 * `erased`: the call's key is destroyed. `held`: a legal hold forbids it.
 */
export type RecordErrorCode =
  'fenced' | 'fork' | 'corrupt' | 'unsealed' | 'key-unavailable' | 'erased' | 'held';

export class RecordError extends CodedError<RecordErrorCode> {}
