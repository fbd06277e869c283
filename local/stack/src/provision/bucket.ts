import { CreateBucketCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { s3Client } from '../archive-client.ts';
import type { Context } from '../parts/context.ts';

/** Makes the archive bucket with Object Lock on, which S3 allows only when a bucket is made. */
export async function makeArchiveBucket(
  context: Context,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  const client = s3Client(context);
  const command = new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true });
  try {
    await client.send(command, { abortSignal: signal });
  } catch (error) {
    const there = ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'];
    if (!(error instanceof S3ServiceException && there.includes(error.name))) throw error;
  } finally {
    client.destroy();
  }
}
