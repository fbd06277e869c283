import { randomBytes } from 'node:crypto';
import { readMembers, validation } from '../server/members.ts';
import { ServiceError } from '../server/service-error.ts';
import { keyIdIn, seal, unseal } from './ciphertext.ts';
import { keyArn } from './key-names.ts';
import type { KmsKey } from './key-ring.ts';
import { dataKeyRequest, decryptRequest, encryptRequest } from './requests.ts';
import { checkAlgorithm, checkUsable, usableKey, type Keys } from './usable-key.ts';

/** The operations of symmetric keys: a request's document to its answer's. They throw ServiceError. */

const usage = 'ENCRYPT_DECRYPT';
const dataKeyBytes = { AES_256: 32, AES_128: 16 } as const;

export function generateDataKey(keys: Keys, input: unknown): object {
  const { plaintext, ...sealed } = newDataKey(keys, input, 'GenerateDataKey');
  return { ...sealed, Plaintext: plaintext.toString('base64') };
}

export function generateDataKeyWithoutPlaintext(keys: Keys, input: unknown): object {
  const { plaintext: _, ...sealed } = newDataKey(keys, input, 'GenerateDataKeyWithoutPlaintext');
  return sealed;
}

function newDataKey(keys: Keys, input: unknown, operation: string) {
  const request = readMembers(dataKeyRequest, input);
  const { KeySpec: spec, NumberOfBytes: asked } = request;
  const size = spec === undefined ? asked : dataKeyBytes[spec];
  if (size === undefined || (spec !== undefined && asked !== undefined)) {
    throw validation('Please specify either number of bytes or key spec.');
  }
  const key = usableKey(keys, request.KeyId, usage, operation);
  const plaintext = randomBytes(size);
  return {
    plaintext,
    CiphertextBlob: seal(key, plaintext, request.EncryptionContext).toString('base64'),
    KeyId: keyArn(keys.region, key.id),
  };
}

export function encrypt(keys: Keys, input: unknown): object {
  const request = readMembers(encryptRequest, input);
  const key = usableKey(keys, request.KeyId, usage, 'Encrypt');
  checkAlgorithm(request.EncryptionAlgorithm, key);
  return {
    CiphertextBlob: seal(key, request.Plaintext, request.EncryptionContext).toString('base64'),
    EncryptionAlgorithm: request.EncryptionAlgorithm,
    KeyId: keyArn(keys.region, key.id),
  };
}

export function decrypt(keys: Keys, input: unknown): object {
  const request = readMembers(decryptRequest, input);
  const named = request.KeyId === undefined ? undefined : usableKey(keys, request.KeyId, usage, 'Decrypt');
  const key = keyOf(keys, request.CiphertextBlob);
  if (named && named.id !== key.id) {
    throw new ServiceError(
      'IncorrectKeyException',
      400,
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  checkUsable(keys, key, usage, 'Decrypt');
  checkAlgorithm(request.EncryptionAlgorithm, key);
  const plaintext = unseal(key, request.CiphertextBlob, request.EncryptionContext);
  if (!plaintext) throw invalidCiphertext();
  return {
    EncryptionAlgorithm: request.EncryptionAlgorithm,
    KeyId: keyArn(keys.region, key.id),
    Plaintext: plaintext.toString('base64'),
  };
}

function keyOf({ ring }: Keys, ciphertext: Buffer): KmsKey {
  const id = keyIdIn(ciphertext);
  if (id === undefined) throw invalidCiphertext();
  const key = ring.keys.find((known) => known.id === id);
  if (key) return key;
  throw new ServiceError(
    'AccessDeniedException',
    400,
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are ' +
      'not allowed to access.',
  );
}

/** The service gives no message, whatever is wrong. */
function invalidCiphertext(): ServiceError {
  return new ServiceError('InvalidCiphertextException', 400, '');
}
