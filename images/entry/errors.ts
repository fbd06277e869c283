import { CodedError } from '@vestibule/core';

/** `bundle-unreachable`: S3 did not give it. `bundle-altered`: not the file that was named. `bundle-unusable`: it cannot be unpacked. */
export type BundleCode = 'bundle-unreachable' | 'bundle-altered' | 'bundle-unusable';

export class BundleError extends CodedError<BundleCode> {}
