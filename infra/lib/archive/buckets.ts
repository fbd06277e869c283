import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import { retentionDays } from './retention.ts';

/** What enrichment keeps beside the records; no tenant's name begins so. */
const once = '_enrich/once/';

const closed = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
  ...{ enforceSSL: true, minimumTLSVersion: 1.2, versioned: true },
  removalPolicy: RemovalPolicy.RETAIN,
};

/** Days after which what is left of an upload that was broken off is thrown away. */
const abandoned: s3.LifecycleRule = { abortIncompleteMultipartUploadAfter: Duration.days(1) };

/**
 * The archive. Object Lock is on and without a default: each object comes with its own lock (compliance, governance, or for a call's key none),
 * and a default would lock that key, whose destruction is the erasure. Nothing of a tenant's expires here: what is free of its lock is the
 * operator's to delete.
 */
export function archiveBucket(
  scope: Construct,
  { config }: Deployment,
  keys: KeysStack,
  accessLogs: s3.Bucket,
): s3.Bucket {
  const { bucket: bucketName } = config.archive;
  const bucket = new s3.Bucket(scope, 'Archive', {
    ...closed,
    bucketName,
    objectLockEnabled: true,
    ...{ encryption: s3.BucketEncryption.KMS, encryptionKey: keys.data, bucketKeyEnabled: true },
    lifecycleRules: [
      abandoned,
      {
        ...{ prefix: once, expiration: Duration.days(2), noncurrentVersionExpiration: Duration.days(1) },
      },
      {
        // Read in milliseconds all the same: a call is shown, verified and exported from there.
        prefix: `${config.tenant}/`,
        transitions: [
          { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) },
        ],
      },
    ],
  });
  logAccess(bucket, accessLogs, 'archive/');
  Validations.of(bucket).acknowledge({
    id: 'HIPAA.Security-S3BucketReplicationEnabled',
    reason:
      'One bucket stands in three zones, with versions and Object Lock; aws.replicate copies it to a second region where the enterprise wants that.',
  });
  return bucket;
}

/** Where S3 writes who asked for what in the other buckets; calls' ids, and nothing else of theirs. */
export function accessLogBucket(scope: Construct, deployment: Deployment): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'AccessLogs', {
    ...closed,
    // S3 delivers its logs to no bucket that another key encrypts, or that locks by default.
    encryption: s3.BucketEncryption.S3_MANAGED,
    lifecycleRules: [abandoned, expiry(deployment)],
  });
  Validations.of(bucket).acknowledge(
    {
      id: 'HIPAA.Security-S3DefaultEncryptionKMS',
      reason:
        'S3 delivers access logs only to buckets that S3’s own key encrypts (SSE-S3). They hold object keys and who asked, no caller’s data.',
    },
    withoutCopies,
  );
  return bucket;
}

/** CloudTrail's. */
export function trailBucket(
  scope: Construct,
  deployment: Deployment,
  keys: KeysStack,
  accessLogs: s3.Bucket,
): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'TrailLogs', {
    ...closed,
    ...{ encryption: s3.BucketEncryption.KMS, encryptionKey: keys.logs, bucketKeyEnabled: true },
    objectLockEnabled: true,
    objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(365)),
    lifecycleRules: [abandoned, expiry(deployment)],
  });
  logAccess(bucket, accessLogs, 'trail/');
  Validations.of(bucket).acknowledge(withoutCopies);
  return bucket;
}

/** By the policy of the bucket that gets the logs: it has no ACLs. */
function logAccess(bucket: s3.Bucket, logs: s3.Bucket, prefix: string): void {
  (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
    ...{ destinationBucketName: logs.bucketName, logFilePrefix: prefix },
  };
  logs.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      ...{ actions: ['s3:PutObject'], resources: [logs.arnForObjects(`${prefix}*`)] },
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(logs).account } },
    }),
  );
}

/** Logs are kept as long as the records that they are about. */
const expiry = ({ config }: Deployment): s3.LifecycleRule => {
  const days = Duration.days(Math.max(366, retentionDays(config.archive.retention)));
  return { expiration: days, noncurrentVersionExpiration: Duration.days(1) };
};

const withoutCopies = {
  id: 'HIPAA.Security-S3BucketReplicationEnabled',
  reason:
    'Logs, which no call depends on, in three zones and with versions; CloudTrail’s under Object Lock besides.',
};
