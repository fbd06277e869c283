import { CodedError } from '@vestibule/core';

/**
 * What ends a stack command. The message is one line with the remedy, made to be shown as it is.
 * `not-installed`: set-up has not run. `port-taken`: someone else listens there. `no-interface`: loopback alone. `already-running`, `not-running`: the
 * stack of this clone. `not-ready`: a part did not answer in time. `exited`: a part ended by itself. `task-failed`: a
 * provisioning step. `call-failed`: the demo's call.
 */
export type StackErrorCode =
  | 'not-installed'
  | 'port-taken'
  | 'no-interface'
  | 'already-running'
  | 'not-running'
  | 'not-ready'
  | 'exited'
  | 'task-failed'
  | 'interrupted'
  | 'call-failed'
  | 'usage';

export class StackError extends CodedError<StackErrorCode> {
  override readonly name = 'StackError';
}
