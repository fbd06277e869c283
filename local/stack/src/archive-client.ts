import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { awsRegion, type Context } from './parts/context.ts';
import { address, ports } from './ports.ts';

const credentialsOf = ({ secrets }: Context) => ({
  accessKeyId: secrets.awsAccessKeyId,
  secretAccessKey: secrets.awsSecretAccessKey,
});

/** An S3 client for the local archive. */
export function s3Client(context: Context): S3Client {
  return new S3Client({
    region: awsRegion,
    endpoint: `http://${address(ports.s3)}`,
    forcePathStyle: true,
    credentials: credentialsOf(context),
  });
}

/** A client for the local stand-in of KMS. */
export function kmsClient(context: Context): KMSClient {
  return new KMSClient({
    region: awsRegion,
    endpoint: `http://${address(ports.aws)}`,
    credentials: credentialsOf(context),
  });
}
