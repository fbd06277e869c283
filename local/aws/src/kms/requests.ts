import { z } from 'zod';
import { blob } from '../server/members.ts';

/** The members of requests that are read here; others (grant tokens, policies, tags) are passed over. */

const keyName = z.string().min(1).max(2048);
const encryptionContext = z.record(z.string(), z.string()).default({});
const encryptionAlgorithm = z
  .enum(['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'])
  .default('SYMMETRIC_DEFAULT');
const signingAlgorithm = z.enum([
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'ECDSA_SHA_256',
  'ECDSA_SHA_384',
  'ECDSA_SHA_512',
  'SM2DSA',
  'ML_DSA_SHAKE_256',
  'ED25519_SHA_512',
  'ED25519_PH_SHA_512',
]);
const messageType = z.enum(['RAW', 'DIGEST', 'EXTERNAL_MU']).default('RAW');
const aliasName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[a-zA-Z0-9:/_-]+$/);

export const keyRequest = z.object({ KeyId: keyName });

export const dataKeyRequest = z.object({
  KeyId: keyName,
  EncryptionContext: encryptionContext,
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.int().min(1).max(1024).optional(),
});

export const encryptRequest = z.object({
  KeyId: keyName,
  Plaintext: blob(1, 4096),
  EncryptionContext: encryptionContext,
  EncryptionAlgorithm: encryptionAlgorithm,
});

export const decryptRequest = z.object({
  KeyId: keyName.optional(),
  CiphertextBlob: blob(1, 6144),
  EncryptionContext: encryptionContext,
  EncryptionAlgorithm: encryptionAlgorithm,
});

export const signRequest = z.object({
  KeyId: keyName,
  Message: blob(1, 4096),
  MessageType: messageType,
  SigningAlgorithm: signingAlgorithm,
});

export const verifyRequest = signRequest.extend({ Signature: blob(1, 6144) });

export const createKeyRequest = z.object({
  Description: z.string().max(8192).default(''),
  KeySpec: z.string().optional(),
  /** The older name of KeySpec. */
  CustomerMasterKeySpec: z.string().optional(),
  KeyUsage: z.enum(['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT']).optional(),
});

export const createAliasRequest = z.object({ AliasName: aliasName, TargetKeyId: keyName });

export const listAliasesRequest = z.object({
  KeyId: keyName.optional(),
  Limit: z.int().min(1).max(100).default(50),
  Marker: z.string().min(1).max(1024).optional(),
});
