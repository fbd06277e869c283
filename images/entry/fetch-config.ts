import { dirname } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { CodedError, describeError, jsonLogger } from '@vestibule/core';
import { assertDigest, download, unpack } from './bundle.ts';
import { readEnvironment } from './environment.ts';

/** What a task's first container does: fetches the configuration's bundle, checks it against its digest, unpacks it for the app. */
const logger = jsonLogger('fetch-config');
try {
  const env = readEnvironment();
  const client = new S3Client({ region: env.AWS_REGION });
  const bytes = await download(client, env.VESTIBULE_BUNDLE);
  assertDigest(bytes, env.VESTIBULE_BUNDLE_SHA256);
  const files = await unpack(bytes, dirname(env.VESTIBULE_CONFIG));
  logger.info('configuration in place', { files, sha256: env.VESTIBULE_BUNDLE_SHA256 });
  client.destroy();
} catch (error) {
  // Nothing of a caller's is in a configuration, so the message may be shown.
  process.stderr.write(
    `fetch-config: ${error instanceof CodedError ? error.message : String((error as Error).stack)}\n`,
  );
  logger.error('no configuration', describeError(error));
  process.exitCode = 1;
}
