import { APIStatusError, APITimeoutError } from '@livekit/agents';
import { RefusalError } from '@vestibule/agents-plugin-aws';
import { CodedError } from '@vestibule/core';

/**
 * Why one attempt with one model came to nothing: `late` (no first token, or no next one, in time), `throttled`, `refused` (by the model, a
 * guardrail or a filter), `empty` (it ended without a word or a tool call), `nonsense` (tools that there are not, arguments that do not fit, more
 * than once in a turn), `broken` (anything else: the connection, an error of the service).
 */
export type FailureCode = 'late' | 'throttled' | 'refused' | 'empty' | 'nonsense' | 'broken';

export class AttemptFailure extends CodedError<FailureCode> {
  constructor(code: FailureCode, cause?: unknown) {
    super(code, `the model failed: ${code}`, { cause });
  }
}

/** What a plugin's error means. */
export function failureOf(error: unknown): AttemptFailure {
  if (error instanceof AttemptFailure) return error;
  if (error instanceof RefusalError) return new AttemptFailure('refused', error);
  if (error instanceof APITimeoutError) return new AttemptFailure('late', error);
  const isThrottled = error instanceof APIStatusError && error.statusCode === 429;
  return new AttemptFailure(isThrottled ? 'throttled' : 'broken', error);
}
