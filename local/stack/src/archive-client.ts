import { S3Client } from '@aws-sdk/client-s3';
import { awsRegion, type Context } from './parts/context.ts';
import { address, ports } from './ports.ts';

/** An S3 client for the local archive. */
export function s3Client({ secrets }: Context): S3Client {
  return new S3Client({
    region: awsRegion,
    endpoint: `http://${address(ports.s3)}`,
    forcePathStyle: true,
    credentials: { accessKeyId: secrets.awsAccessKeyId, secretAccessKey: secrets.awsSecretAccessKey },
  });
}
