import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import type { Secrets } from '../secrets.ts';

/** What the descriptions of the parts are made from. */
export interface Context {
  readonly environment: Environment;
  readonly secrets: Secrets;
}

/** The Node that runs every part: version 24, from node_modules. */
export function nodeOf({ environment }: Pick<Context, 'environment'>): string {
  return join(environment.folders.root, 'node_modules/.bin/node');
}

/** Of every AWS service, real or not, that the local stack speaks to. */
export const awsRegion = 'us-east-1';

/** SigV4 credentials as the AWS SDKs read them. */
export function awsCredentials({ secrets }: Context): Record<string, string> {
  return {
    AWS_REGION: awsRegion,
    AWS_ACCESS_KEY_ID: secrets.awsAccessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.awsSecretAccessKey,
  };
}
