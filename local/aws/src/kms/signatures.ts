import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { KmsKey } from './key-ring.ts';

/** ECDSA with SHA-256, DER. */
export function signMessage(key: KmsKey, message: Buffer): Buffer {
  return sign('sha256', message, privateKeyOf(key));
}

export function isSignature(key: KmsKey, message: Buffer, signature: Buffer): boolean {
  return verify('sha256', message, publicKeyOf(key), signature);
}

/** SubjectPublicKeyInfo, DER. */
export function publicKeyBytes(key: KmsKey): Buffer {
  return publicKeyOf(key).export({ format: 'der', type: 'spki' });
}

function privateKeyOf({ material }: KmsKey): KeyObject {
  return createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
}

function publicKeyOf(key: KmsKey): KeyObject {
  return createPublicKey(privateKeyOf(key));
}
