import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { KeysStack } from '../keys-stack.ts';

/** Of the function; the queue hides a message for six times that (AWS's advice), so that a batch is over before it comes again. */
export const enrichTimeout = Duration.minutes(5);

/** So often a message is tried; then it is for a person to look at. */
const receives = 5;

export interface EnrichQueues {
  /** S3's events: a manifest was written. */
  sealed: sqs.Queue;
  /** What was tried five times. */
  dead: sqs.Queue;
}

/** Queues of S3's events, which hold object keys: tenant, day and id of a call. */
export function enrichQueues(scope: Construct, keys: KeysStack): EnrichQueues {
  const common = {
    ...{ encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: keys.data, enforceSSL: true },
    ...{ dataKeyReuse: Duration.hours(1), retentionPeriod: Duration.days(14) },
  };
  const dead = new sqs.Queue(scope, 'DeadLetters', { ...common, queueName: 'vestibule-enrich-dead' });
  const sealed = new sqs.Queue(scope, 'Sealed', {
    ...{ ...common, queueName: 'vestibule-enrich', visibilityTimeout: Duration.minutes(30) },
    deadLetterQueue: { queue: dead, maxReceiveCount: receives },
  });
  return { sealed, dead };
}

/** S3 tells the queue of each manifest that the bucket gets: the last object of a sealing. */
export function tellOfManifests(
  bucket: s3.Bucket,
  bucketName: string,
  queue: sqs.Queue,
  keys: KeysStack,
): void {
  const stack = Stack.of(bucket);
  // By name, not by reference: the key's stack comes before this one.
  const onlyFromBucket = {
    StringEquals: { 'aws:SourceAccount': stack.account },
    ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${bucketName}` },
  };
  const s3Service = new iam.ServicePrincipal('s3.amazonaws.com');
  const send = queue.addToResourcePolicy(
    new iam.PolicyStatement({
      ...{ principals: [s3Service], actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
      conditions: onlyFromBucket,
    }),
  );
  keys.data.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'EventsOfTheArchive',
      // A key's own policy has no other resource than the key.
      ...{ principals: [s3Service], actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: ['*'] },
      conditions: onlyFromBucket,
    }),
  );
  if (send.policyDependable !== undefined) bucket.node.addDependency(send.policyDependable);
  (bucket.node.defaultChild as s3.CfnBucket).notificationConfiguration = {
    queueConfigurations: [
      {
        ...{ event: 's3:ObjectCreated:*', queue: queue.queueArn },
        filter: { s3Key: { rules: [{ name: 'suffix', value: '/manifest.json' }] } },
      },
    ],
  };
}
