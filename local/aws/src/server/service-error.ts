/** The services that this process stands in for, by their signing names. */
export const services = ['transcribe', 'bedrock', 'polly', 'kms', 'events'] as const;
export type Service = (typeof services)[number];

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

type Row = readonly [code: string, status: number, message: string];

/** How each service says "slow down", and how it says that it failed. */
const rows: Record<Service, { readonly throttled: Row; readonly failed: Row }> = {
  transcribe: {
    throttled: [
      'LimitExceededException',
      429,
      'You have reached your limit of concurrent streams. Wait for one to end and try your request again.',
    ],
    failed: ['InternalFailureException', 500, 'A problem occurred while processing the audio.'],
  },
  bedrock: {
    throttled: ['ThrottlingException', 429, 'Too many requests, please wait before trying again.'],
    failed: [
      'InternalServerException',
      500,
      'The system encountered an unexpected error during processing. Try your request again.',
    ],
  },
  polly: {
    throttled: ['ThrottlingException', 400, 'Rate exceeded'],
    failed: ['ServiceFailureException', 500, 'An unknown condition has caused a service failure.'],
  },
  kms: {
    throttled: [
      'ThrottlingException',
      400,
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    failed: ['KMSInternalException', 500, 'An internal error occurred.'],
  },
  events: {
    throttled: ['ThrottlingException', 400, 'Rate exceeded'],
    failed: ['InternalException', 500, 'An internal error occurred.'],
  },
};

export function throttled(service: Service): ServiceError {
  return new ServiceError(...rows[service].throttled);
}

export function internalFailure(service: Service): ServiceError {
  return new ServiceError(...rows[service].failed);
}

/** How each service says that it is not there. */
export function unavailable(service: Service): ServiceError {
  return new ServiceError(
    'ServiceUnavailableException',
    503,
    `The ${service} service is currently unavailable.`,
  );
}
