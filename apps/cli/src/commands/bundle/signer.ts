import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Sign } from '@vestibule/bundle';
import { CliError } from '../../errors.ts';

/** `alias/…` and ARNs are keys of KMS, anything else is the PEM file of a private key. @throws CliError `bad-file` */
export async function signerOf(key: string, region: string): Promise<Sign> {
  return /^(alias\/|arn:)/.test(key) ? kmsSigner(new KMSClient({ region }), key) : fileSigner(key);
}

/** An ECC_NIST_P256 key. Only the digest is sent: KMS takes no more than 4,096 bytes. @throws CliError `unreachable` */
export function kmsSigner(client: KMSClient, keyId: string): Sign {
  return async (message) => {
    const command = new SignCommand({
      KeyId: keyId,
      Message: createHash('sha256').update(message).digest(),
      MessageType: 'DIGEST',
      SigningAlgorithm: 'ECDSA_SHA_256',
    });
    try {
      return (await client.send(command)).Signature!;
    } catch (cause) {
      throw new CliError('unreachable', `${keyId} does not sign: ${(cause as Error).message}`, { cause });
    }
  };
}

async function fileSigner(file: string): Promise<Sign> {
  try {
    const key = createPrivateKey(await readFile(file));
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('another kind of key');
    return async (message) => sign('sha256', message, key);
  } catch (cause) {
    throw new CliError('bad-file', `${file}: is no private key on the curve P-256, in PEM`, { cause });
  }
}
