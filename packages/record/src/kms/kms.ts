import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GetPublicKeyCommand,
  type KMSClient,
  SignCommand,
} from '@aws-sdk/client-kms';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { RecordError } from '../errors.ts';
import type { CallKey, CallKeys } from '../payload/call-keys.ts';
import type { Authority } from '../signing/worker-key.ts';

/**
 * Keys of calls from a symmetric KMS key. The encryption context binds a wrapped key to its tenant and call, and shows
 * in CloudTrail who unwrapped which.
 */
export function kmsCallKeys(
  client: KMSClient,
  { keyId, tenant }: { keyId: string; tenant: string },
): CallKeys {
  const contextOf = (callId: string) => ({ tenant, callId });
  return {
    create: (callId) =>
      asked(async (): Promise<CallKey> => {
        const { Plaintext, CiphertextBlob } = await client.send(
          new GenerateDataKeyCommand({
            KeyId: keyId,
            KeySpec: 'AES_256',
            EncryptionContext: contextOf(callId),
          }),
        );
        return { key: Buffer.from(Plaintext!), wrapped: Buffer.from(CiphertextBlob!).toString('base64') };
      }),
    unwrap: (callId, wrapped) =>
      asked(async () => {
        const { Plaintext } = await client.send(
          new DecryptCommand({
            CiphertextBlob: Buffer.from(wrapped, 'base64'),
            EncryptionContext: contextOf(callId),
            KeyId: keyId,
          }),
        );
        return Buffer.from(Plaintext!);
      }),
  };
}

/** The authority over workers' keys: an ECC_NIST_P256 signing key in KMS. */
export function kmsAuthority(client: KMSClient, keyId: string): Authority {
  return {
    sign: (message) =>
      asked(async () => {
        const { Signature } = await client.send(
          new SignCommand({
            KeyId: keyId,
            Message: message,
            MessageType: 'RAW',
            SigningAlgorithm: 'ECDSA_SHA_256',
          }),
        );
        return Buffer.from(Signature!);
      }),
  };
}

/** The trust anchor, as KMS has it. To be kept apart from the records that it proves. @throws RecordError */
export function kmsAnchor(client: KMSClient, keyId: string): Promise<KeyObject> {
  return asked(async () => {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    return createPublicKey({ key: Buffer.from(PublicKey!), type: 'spki', format: 'der' });
  });
}

async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    throw new RecordError('key-unavailable', 'the key service refused or did not answer', { cause });
  }
}
