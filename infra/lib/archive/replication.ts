import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Deployment } from '../deployment.ts';
import { allow } from '../statements.ts';
import type { KeysStack } from '../keys-stack.ts';

type Replica = NonNullable<Deployment['settings']['replicate']>;

/**
 * Copies every new object to the bucket in the second region, with its lock, under the key there. Deletions are not copied: an erasure must be made
 * there too.
 */
export function replicate(bucket: s3.Bucket, keys: KeysStack, replica: Replica): void {
  const role = new iam.Role(bucket, 'Replication', {
    assumedBy: new iam.ServicePrincipal('s3.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
    }),
  });
  for (const statement of statements(bucket, keys, replica)) role.addToPolicy(statement);
  const there = `arn:aws:s3:::${replica.bucket}`;
  (bucket.node.defaultChild as s3.CfnBucket).replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        ...{ id: 'all', priority: 1, status: 'Enabled', filter: { prefix: '' } },
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: { bucket: there, encryptionConfiguration: { replicaKmsKeyId: replica.key } },
      },
    ],
  };
}

function statements(bucket: s3.Bucket, keys: KeysStack, replica: Replica): iam.PolicyStatement[] {
  const { region } = Stack.of(bucket);
  const through = (at: string) => ({ StringEquals: { 'kms:ViaService': `s3.${at}.amazonaws.com` } });
  return [
    allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], [bucket.bucketArn]),
    allow(
      ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
      [bucket.arnForObjects('*')],
    ),
    allow(['s3:GetObjectRetention', 's3:GetObjectLegalHold'], [bucket.arnForObjects('*')]),
    allow(['s3:ReplicateObject', 's3:ReplicateTags'], [`arn:aws:s3:::${replica.bucket}/*`]),
    allow(['kms:Decrypt'], [keys.data.keyArn], through(region)),
    allow(['kms:Encrypt'], [replica.key], through(replica.region)),
  ];
}
