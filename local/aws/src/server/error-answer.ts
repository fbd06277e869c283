import { jsonType, speaksAwsJson } from './protocol.ts';
import type { Service, ServiceError } from './service-error.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly document: Record<string, unknown>;
}

/** An error as the service's protocol writes it. */
export function errorAnswer(service: Service, error: ServiceError): ErrorAnswer {
  return speaksAwsJson(service) ? jsonAnswer(error) : restAnswer(service, error);
}

/** Transcribe writes `Message`, the others `message`; clients accept either, but shapes are kept as they are. */
function restAnswer(service: Service, error: ServiceError): ErrorAnswer {
  const key = service === 'transcribe' ? 'Message' : 'message';
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    document: { [key]: error.message, ...error.fields },
  };
}

/**
 * AWS JSON 1.1 names the error in the document, leaves an empty message out (KMS says no more than
 * `InvalidCiphertextException`), and answers 400 even where a REST service's front end says 403.
 */
function jsonAnswer(error: ServiceError): ErrorAnswer {
  return {
    status: error.status === 403 ? 400 : error.status,
    headers: { 'content-type': jsonType },
    document: {
      __type: error.code,
      ...(error.message === '' ? {} : { message: error.message }),
      ...error.fields,
    },
  };
}
