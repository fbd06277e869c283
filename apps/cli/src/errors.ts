import { CodedError } from '@vestibule/core';

/**
 * What ends a command, in one line for a person. `bad-file`: its faults were printed already. `copies-left`: an erasure did not reach
 * every copy.
 */
export type CliErrorCode =
  'bad-file' | 'bad-argument' | 'not-found' | 'unreachable' | 'not-verified' | 'copies-left' | 'unhealthy';

export class CliError extends CodedError<CliErrorCode> {
  override readonly name = 'CliError';
}
