import { ServiceError } from '../server/service-error.ts';
import { findKey, keyArn } from './key-names.ts';
import { usageOf, type KeyRing, type KeyUsage, type KmsKey } from './key-ring.ts';

/** The keys as a request sees them. */
export interface Keys {
  readonly ring: KeyRing;
  /** The region that the request was signed for. */
  readonly region: string;
}

/**
 * The key that `name` means, fit for `operation`.
 * @throws ServiceError `NotFoundException`, `DisabledException`, `InvalidKeyUsageException`
 */
export function usableKey(keys: Keys, name: string, usage: KeyUsage, operation: string): KmsKey {
  const key = findKey(keys.ring, name, keys.region);
  checkUsable(keys, key, usage, operation);
  return key;
}

export function checkUsable({ region }: Keys, key: KmsKey, usage: KeyUsage, operation: string): void {
  const arn = keyArn(region, key.id);
  if (!key.enabled) throw new ServiceError('DisabledException', 400, `${arn} is disabled.`);
  if (usageOf(key) === usage) return;
  throw invalidUsage(`${arn} key usage is ${usageOf(key)} which is not valid for ${operation}.`);
}

export function checkAlgorithm(asked: string, { spec }: KmsKey): void {
  if (asked === algorithmOf(spec)) return;
  throw invalidUsage(`Algorithm ${asked} is incompatible with key spec ${spec}.`);
}

/** The one algorithm that a key of this spec has. */
export function algorithmOf(spec: KmsKey['spec']): 'SYMMETRIC_DEFAULT' | 'ECDSA_SHA_256' {
  return spec === 'SYMMETRIC_DEFAULT' ? spec : 'ECDSA_SHA_256';
}

function invalidUsage(message: string): ServiceError {
  return new ServiceError('InvalidKeyUsageException', 400, message);
}
