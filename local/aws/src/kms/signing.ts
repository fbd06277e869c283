import type { z } from 'zod';
import { readMembers, validation } from '../server/members.ts';
import { ServiceError } from '../server/service-error.ts';
import { findKey, keyArn } from './key-names.ts';
import { usageOf, type KmsKey } from './key-ring.ts';
import { keyRequest, signRequest, verifyRequest } from './requests.ts';
import { isSignature, publicKeyBytes, signMessage } from './signatures.ts';
import { algorithmOf, checkAlgorithm, checkUsable, usableKey, type Keys } from './usable-key.ts';

/** The operations of signing keys: a request's document to its answer's. They throw ServiceError. */

const usage = 'SIGN_VERIFY';

export function sign(keys: Keys, input: unknown): object {
  const request = readMembers(signRequest, input);
  const key = signer(keys, request, 'Sign');
  return {
    KeyId: keyArn(keys.region, key.id),
    Signature: signMessage(key, request.Message).toString('base64'),
    SigningAlgorithm: request.SigningAlgorithm,
  };
}

export function verify(keys: Keys, input: unknown): object {
  const request = readMembers(verifyRequest, input);
  const key = signer(keys, request, 'Verify');
  if (!isSignature(key, request.Message, request.Signature)) {
    throw new ServiceError('KMSInvalidSignatureException', 400, '');
  }
  return {
    KeyId: keyArn(keys.region, key.id),
    SignatureValid: true,
    SigningAlgorithm: request.SigningAlgorithm,
  };
}

export function getPublicKey(keys: Keys, input: unknown): object {
  const { KeyId: name } = readMembers(keyRequest, input);
  const key = findKey(keys.ring, name, keys.region);
  const arn = keyArn(keys.region, key.id);
  if (key.spec === 'SYMMETRIC_DEFAULT') {
    throw new ServiceError(
      'UnsupportedOperationException',
      400,
      `${arn} is symmetric and has no public key.`,
    );
  }
  checkUsable(keys, key, usage, 'GetPublicKey');
  return {
    CustomerMasterKeySpec: key.spec,
    KeyId: arn,
    KeySpec: key.spec,
    KeyUsage: usageOf(key),
    PublicKey: publicKeyBytes(key).toString('base64'),
    SigningAlgorithms: [algorithmOf(key.spec)],
  };
}

/** The key of a request. A digest cannot be signed here: node:crypto hashes what it signs. */
function signer(keys: Keys, request: z.infer<typeof signRequest>, operation: string): KmsKey {
  const key = usableKey(keys, request.KeyId, usage, operation);
  checkAlgorithm(request.SigningAlgorithm, key);
  if (request.MessageType !== 'RAW') {
    throw validation(`Message type ${request.MessageType} is not there in this stand-in.`);
  }
  return key;
}
