import { CodedError } from '@vestibule/core';

/** `unknown-instruction`: the Dockerfile says what is not understood here. `not-possible`: the machine lacks something. `failed`: a step or a check did. */
export type RunCode = 'unknown-instruction' | 'not-possible' | 'failed';

export class RunError extends CodedError<RunCode> {}
