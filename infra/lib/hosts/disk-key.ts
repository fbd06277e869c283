import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';

const done = new WeakSet<Key>();

/**
 * Lets Auto Scaling start hosts whose disks a key of ours encrypts: its own role has no permission for such keys. Once a key, however often it is asked for.
 * The role exists from an account's first group on; `aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com` makes it before.
 */
export function letAutoScalingUse(key: Key): void {
  if (done.has(key)) return;
  done.add(key);
  const role = Stack.of(key).formatArn({
    ...{ service: 'iam', region: '', resource: 'role' },
    resourceName: 'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  });
  const principals = [new iam.ArnPrincipal(role)];
  // A key's policy speaks of that key alone.
  const resources = ['*'];
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      resources,
      actions: [
        ...['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:DescribeKey'],
        ...['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
      ],
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      resources,
      actions: ['kms:CreateGrant'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  );
}
