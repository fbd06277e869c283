/**
 * The one error type of the project. `code` comes from a closed union that each package declares, so callers
 * can switch on it; `cause` keeps what happened below. A message may carry a caller's words, so logs take only
 * `name` and `code` (see `describeError`).
 */
export class CodedError<Code extends string = string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CodedError';
    this.code = code;
  }
}

/** True for a CodedError, with any of `codes` when they are given. */
export function isCodedError<Code extends string>(
  error: unknown,
  ...codes: Code[]
): error is CodedError<Code> {
  return error instanceof CodedError && (codes.length === 0 || codes.includes(error.code as Code));
}

/** What may be logged of an error: its type and its code, never its message. */
export function describeError(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  return { error: error.name, ...(typeof code === 'string' ? { code } : {}) };
}
