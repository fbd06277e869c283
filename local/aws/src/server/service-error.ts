/** The three services that this process stands in for, by their signing names. */
export type Service = 'transcribe' | 'bedrock' | 'polly';

/**
 * A failure in the service's own terms. It becomes an HTTP error before the response has begun, and an exception
 * event afterwards; `code` is the name under which the SDK raises it.
 */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error document, as `ThrottlingException.throttlingReasons`. */
  readonly fields: Record<string, unknown>;

  constructor(code: string, status: number, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** Transcribe writes `Message`, the others `message`; clients accept either, but shapes are kept as they are. */
export function errorDocument(service: Service, error: ServiceError): Record<string, unknown> {
  const key = service === 'transcribe' ? 'Message' : 'message';
  return { [key]: error.message, ...error.fields };
}

/** How each service says "slow down". */
export function throttled(service: Service): ServiceError {
  switch (service) {
    case 'transcribe':
      return new ServiceError(
        'LimitExceededException',
        429,
        'You have reached your limit of concurrent streams. Wait for one to end and try your request again.',
      );
    case 'bedrock':
      return new ServiceError(
        'ThrottlingException',
        429,
        'Too many requests, please wait before trying again.',
      );
    case 'polly':
      return new ServiceError('ThrottlingException', 400, 'Rate exceeded');
  }
}

/** How each service says that it failed. */
export function internalFailure(service: Service): ServiceError {
  switch (service) {
    case 'transcribe':
      return new ServiceError(
        'InternalFailureException',
        500,
        'A problem occurred while processing the audio.',
      );
    case 'bedrock':
      return new ServiceError(
        'InternalServerException',
        500,
        'The system encountered an unexpected error during processing. Try your request again.',
      );
    case 'polly':
      return new ServiceError(
        'ServiceFailureException',
        500,
        'An unknown condition has caused a service failure.',
      );
  }
}

/** How each service says that it is not there. */
export function unavailable(service: Service): ServiceError {
  return new ServiceError(
    'ServiceUnavailableException',
    503,
    `The ${service} service is currently unavailable.`,
  );
}
