import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';

const trailName = 'vestibule';

/**
 * CloudTrail of each read and write in the archive, and of the account's management events, among which is every use of a KMS key: who
 * unwrapped which call's key. Signed digests, its own bucket under Object Lock, and CloudWatch for alarms.
 */
export function addTrail(scope: Construct, { config }: Deployment, keys: KeysStack, bucket: s3.Bucket): void {
  const stack = Stack.of(scope);
  const trailArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
  allowTrail(stack, keys, bucket, trailArn);
  const log = new logs.LogGroup(scope, 'TrailLog', {
    ...{ logGroupName: '/vestibule/trail', encryptionKey: keys.logs },
    ...{ retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN },
  });
  const role = new iam.Role(scope, 'TrailRole', {
    assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
    }),
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${log.logGroupArn}:log-stream:*`],
    }),
  );
  const trail = new cloudtrail.CfnTrail(scope, 'Trail', {
    ...{ trailName, isLogging: true, s3BucketName: bucket.bucketName, kmsKeyId: keys.logs.keyArn },
    ...{ enableLogFileValidation: true, includeGlobalServiceEvents: true, isMultiRegionTrail: true },
    ...{ cloudWatchLogsLogGroupArn: log.logGroupArn, cloudWatchLogsRoleArn: role.roleArn },
    advancedEventSelectors: [
      selector('keys and all else that is managed', { eventCategory: { equalTo: ['Management'] } }),
      selector('the archive', {
        eventCategory: { equalTo: ['Data'] },
        'resources.type': { equalTo: ['AWS::S3::Object'] },
        'resources.ARN': { startsWith: [`arn:aws:s3:::${config.archive.bucket}/`] },
      }),
    ],
  });
  trail.node.addDependency(bucket.policy!, role.node.findChild('DefaultPolicy'));
}

type Match = Omit<cloudtrail.CfnTrail.AdvancedFieldSelectorProperty, 'field'>;

const selector = (
  name: string,
  fields: Record<string, Match>,
): cloudtrail.CfnTrail.AdvancedEventSelectorProperty => ({
  name,
  fieldSelectors: Object.entries(fields).map(([field, match]) => ({ field, ...match })),
});

/** CloudTrail, for this trail alone, may write to its bucket and encrypt with the key of logs. */
function allowTrail(stack: Stack, keys: KeysStack, bucket: s3.Bucket, trailArn: string): void {
  const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
  const ofTrail = { 'aws:SourceArn': trailArn };
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      ...{ principals, actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn] },
      conditions: { StringEquals: ofTrail },
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      ...{ principals, actions: ['s3:PutObject'] },
      resources: [bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
      conditions: { StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  keys.logs.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'Trail',
      // A key's own policy has no other resource than the key.
      ...{ principals, actions: ['kms:GenerateDataKey', 'kms:DescribeKey'], resources: ['*'] },
      conditions: { StringEquals: ofTrail },
    }),
  );
}
