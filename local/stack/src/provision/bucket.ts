import { CreateBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { awsRegion, type Context } from '../parts/context.ts';
import { address, ports } from '../ports.ts';

/** Makes the archive bucket with Object Lock on, which S3 allows only when a bucket is made. */
export async function makeArchiveBucket(
  context: Context,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  const client = new S3Client({
    region: awsRegion,
    endpoint: `http://${address(ports.s3)}`,
    forcePathStyle: true,
    credentials: {
      accessKeyId: context.secrets.awsAccessKeyId,
      secretAccessKey: context.secrets.awsSecretAccessKey,
    },
  });
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
