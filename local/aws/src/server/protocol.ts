import type { Service } from './service-error.ts';

/** The content type of AWS JSON 1.1. */
export const jsonType = 'application/x-amz-json-1.1';

/** KMS and EventBridge; the others are REST services. */
export function speaksAwsJson(service: Service): boolean {
  return service === 'kms' || service === 'events';
}
