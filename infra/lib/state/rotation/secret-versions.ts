import { CodedError, isCodedError } from '@vestibule/core';
import type { AwsCall } from './aws-call.ts';
import { secretSchema, type StoreSecret } from './target.ts';

/** The versions of one secret. */
export interface SecretVersions {
  current(): Promise<StoreSecret>;
  get(version: string): Promise<StoreSecret>;
  /** Undefined when there is none. */
  find(version: string): Promise<StoreSecret | undefined>;
  putPending(version: string, value: StoreSecret): Promise<void>;
  makeCurrent(version: string): Promise<void>;
}

/** @throws CodedError `aws-refused`; `invalid-secret` from what reads */
export function secretVersions(call: AwsCall, SecretId: string): SecretVersions {
  const ask = async (action: string, body: object): Promise<unknown> =>
    JSON.parse(
      await call({
        endpoint: 'secretsmanager',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `secretsmanager.${action}`,
        },
        body: JSON.stringify({ SecretId, ...body }),
      }),
    );
  const read = async (which: object) => parse(await ask('GetSecretValue', which));
  const versionAt = async (stage: string) => {
    const { VersionIdsToStages: stages = {} } = (await ask('DescribeSecret', {})) as {
      VersionIdsToStages?: Record<string, string[]>;
    };
    return Object.keys(stages).find((version) => stages[version]?.includes(stage));
  };
  const get = (VersionId: string) => read({ VersionId });
  return {
    get,
    current: () => read({ VersionStage: 'AWSCURRENT' }),
    find: async (version) => {
      try {
        return await get(version);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    putPending: async (ClientRequestToken, value) => {
      const SecretString = JSON.stringify(value);
      await ask('PutSecretValue', { ClientRequestToken, SecretString, VersionStages: ['AWSPENDING'] });
    },
    makeCurrent: async (version) => {
      const from = await versionAt('AWSCURRENT');
      if (from === version) return;
      const moved = { MoveToVersionId: version, RemoveFromVersionId: from };
      await ask('UpdateSecretVersionStage', { VersionStage: 'AWSCURRENT', ...moved });
    },
  };
}

const isMissing = (error: unknown) =>
  isCodedError(error, 'aws-refused') && /ResourceNotFoundException$/.test(error.message);

function parse(answer: unknown): StoreSecret {
  const { SecretString: text = '' } = answer as { SecretString?: string };
  try {
    return secretSchema.parse(JSON.parse(text));
  } catch {
    // Neither the text nor what is wrong with it: both may hold the password.
    throw new CodedError('invalid-secret', 'the secret has not the fields kind, id and password');
  }
}
