import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { userInfo, hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { type Config, loadConfig, retainUntil } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import {
  AccessLog,
  type AccessFacts,
  type Archive,
  archiveClient,
  type CallKeys,
  findCall,
  kmsAnchor,
  kmsCallKeys,
  readArchived,
  RecordError,
  type StoredRecord,
} from '@vestibule/record';
import { systemEnvironment } from '../../environment.ts';
import { CliError } from '../../errors.ts';

/** The archive that a command works on, and who works. */
export interface RecordDesk {
  readonly archive: Archive;
  readonly tenant: string;
  readonly keys: CallKeys;
  readonly kms: KMSClient;
  readonly config: Config;
  readonly configFile: string;
  readonly who: string;
  readonly access: AccessLog;
}

export async function withDesk(configFile: string, use: (desk: RecordDesk) => Promise<void>): Promise<void> {
  const config = await loadConfig(configFile);
  const { AWS_REGION, VESTIBULE_ACTOR } = await systemEnvironment();
  const kms = new KMSClient({ region: AWS_REGION });
  const { tenant } = config;
  const archive: Archive = {
    client: archiveClient(AWS_REGION),
    bucket: config.archive.bucket,
    retainUntil: (end) => retainUntil(config.archive.retention, end),
  };
  try {
    await use({
      archive,
      tenant,
      keys: kmsCallKeys(kms, { keyId: config.record.dataKey, tenant }),
      kms,
      config,
      configFile,
      who: VESTIBULE_ACTOR ?? `${userInfo().username}@${hostname()}`,
      access: new AccessLog(archive, tenant),
    });
  } catch (error) {
    throw plainError(error) ?? error;
  } finally {
    archive.client.destroy();
    kms.destroy();
  }
}

/** What a person can do about a fault of archive or key service, in one line. */
function plainError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return undefined;
  if (isCodedError(error, 'key-unavailable')) {
    return new CliError(
      'unreachable',
      `The key service does not open this record (${reasonOf(error.cause)})`,
      {
        cause: error,
      },
    );
  }
  if (isCodedError(error, 'corrupt')) return new CliError('not-verified', error.message, { cause: error });
  if (isCodedError(error, 'held'))
    return new CliError('not-verified', `${error.message}. See: vestibule record hold --help`, {
      cause: error,
    });
  const cause = error instanceof RecordError ? error.cause : error;
  const reason = reasonOf(cause);
  if (reason === undefined) return undefined;
  return new CliError(
    'unreachable',
    `The archive does not do that (${reason}). Start the local stack (make up), or set the AWS variables`,
    { cause: error },
  );
}

function reasonOf(error: unknown): string | undefined {
  const { code = '', name } = error as NodeJS.ErrnoException;
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'].includes(code)) return 'it does not answer';
  const known =
    error instanceof S3ServiceException ||
    name === 'CredentialsProviderError' ||
    '$metadata' in Object(error);
  return known ? name : undefined;
}

/** @throws CliError `not-found` */
export async function findRecord(
  { archive, tenant }: Pick<RecordDesk, 'archive' | 'tenant'>,
  callId: string,
): Promise<StoredRecord> {
  const prefix = await findCall(archive, tenant, callId);
  if (prefix === undefined)
    throw new CliError('not-found', `There is no call ${callId} in the archive. See: vestibule record list`);
  return readArchived(archive, tenant, prefix);
}

/**
 * The call's key; undefined when it is destroyed. What is about to be seen, or was refused, is on the access log
 * before anything is.
 */
export async function openWith(
  { keys, access, who }: RecordDesk,
  record: StoredRecord,
  facts: Pick<AccessFacts, 'action' | 'detail'>,
): Promise<Buffer | undefined> {
  const callId = record.callId ?? '';
  try {
    const key = record.wrapped === undefined ? undefined : await keys.unwrap(callId, record.wrapped);
    await access.append({ who, callId, granted: true, ...facts });
    return key;
  } catch (error) {
    if (isCodedError(error, 'key-unavailable'))
      await access.append({ who, callId, granted: false, ...facts, detail: 'key-unavailable' });
    throw error;
  }
}

/** What records are held against: a file, by option or configuration, else the signing key as KMS has it. */
export async function trustAnchor(
  option: string | undefined,
  { config, configFile, kms }: Pick<RecordDesk, 'config' | 'configFile' | 'kms'>,
): Promise<KeyObject> {
  if (option !== undefined) return anchorFile(option);
  if (config.record.anchor !== undefined)
    return anchorFile(resolve(dirname(configFile), config.record.anchor));
  return kmsAnchor(kms, config.record.signingKey);
}

/** @throws CliError `bad-file` */
export function anchorFile(path: string): KeyObject {
  try {
    return createPublicKey(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new CliError('bad-file', `${path} is no public key in PEM. See: vestibule record anchor`, {
      cause,
    });
  }
}
