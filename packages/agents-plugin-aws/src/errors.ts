import { APIConnectionError, APIError, APIStatusError, APITimeoutError } from '@livekit/agents';

/** The model answered that it does not answer, or its answer was taken away. Asking the same again is of no use. */
export class RefusalError extends APIError {
  readonly stopReason: string;

  constructor(service: string, stopReason: string) {
    super(`${service}: ${stopReason}`, { retryable: false });
    this.name = 'RefusalError';
    this.stopReason = stopReason;
  }
}

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $retryable?: { throttling?: boolean };
}

/** In-stream exceptions carry no HTTP status; these names tell what they would have been. */
const statusOf: Record<string, number> = {
  BadRequestException: 400,
  ValidationException: 400,
  AccessDeniedException: 403,
  ConflictException: 409,
  ModelTimeoutException: 408,
  LimitExceededException: 429,
  ThrottlingException: 429,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  InternalFailureException: 500,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
};

/** Transcribe says BadRequest for a stream that got no audio in 15 s; a new stream cures that. */
const cured = (error: Error) =>
  error.name === 'BadRequestException' && error.message.includes('no new audio');

/**
 * Maps an AWS SDK failure to the framework's own error, once, at the boundary: throttling, server faults and
 * lost connections are retryable, refusals are not. `emitted` says that output was already passed on, after
 * which a retry would repeat it.
 */
export function toApiError(service: string, error: unknown, emitted = false): APIError {
  if (error instanceof APIError) return error;
  const { name, $metadata } = error as SdkError;
  if (name === 'TimeoutError') {
    return new APITimeoutError({ message: `${service} timed out`, options: { retryable: !emitted } });
  }
  const statusCode = statusOf[name] ?? $metadata?.httpStatusCode;
  // The framework retries no 4xx but 408 and 429, whatever it is told: what a new attempt cures goes as a lost connection.
  if (
    statusCode === undefined ||
    statusCode < 400 ||
    [409, 424].includes(statusCode) ||
    cured(error as Error)
  ) {
    return new APIConnectionError({ message: `${service}: ${name}`, options: { retryable: !emitted } });
  }
  const retryable = !emitted && (statusCode >= 500 || statusCode === 408 || statusCode === 429);
  return new APIStatusError({
    message: `${service}: ${name}`,
    options: { statusCode, requestId: $metadata?.requestId ?? null, retryable },
  });
}
