import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort, type Service, startService, stopService } from './child.ts';
import { cache } from './opensearch.ts';

const keys = { accessKeyId: 'tests', secretAccessKey: 'the key of the tests' };

export interface S3Service extends Service {
  client: S3Client;
  bucket: string;
}

/** A real S3 server on a free port with one bucket under Object Lock; `webhook` gets its events. */
export async function startS3(webhook: string): Promise<S3Service> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-s3-'));
  for (const name of ['objects', 'versions']) mkdirSync(join(folder, name));
  const port = await freePort();
  const args = [
    ...['--port', `127.0.0.1:${port}`, '--region', 'us-east-1', '--health', '/healthz', '--quiet'],
    ...['--event-webhook-url', webhook],
    ...['posix', '--versioning-dir', join(folder, 'versions'), join(folder, 'objects')],
  ];
  const url = `http://127.0.0.1:${port}`;
  const child = await startService(
    join(cache, 'bin/versitygw-v1.8.0'),
    args,
    { ROOT_ACCESS_KEY_ID: keys.accessKeyId, ROOT_SECRET_ACCESS_KEY: keys.secretAccessKey },
    `${url}/healthz`,
  );
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: url,
    forcePathStyle: true,
    credentials: keys,
  });
  const bucket = 'archive';
  await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
  return {
    url,
    client,
    bucket,
    stop: async () => {
      client.destroy();
      await stopService(child);
      rmSync(folder, { recursive: true });
    },
  };
}
