import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Target } from './rotation/target.ts';

/**
 * A password of 64 letters and digits, in a secret with the fields `kind`, `id` (where rotation sets it) and `password`. Punctuation is left
 * out: ElastiCache refuses most of it.
 */
export function passwordSecret(
  scope: Construct,
  id: string,
  { target, key, what }: { target: Target; key: IKey; what: string },
): secretsmanager.Secret {
  return new secretsmanager.Secret(scope, id, {
    description: `vestibule: ${what}`,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.DESTROY,
    generateSecretString: {
      secretStringTemplate: JSON.stringify(target),
      generateStringKey: 'password',
      ...{ passwordLength: 64, excludePunctuation: true, includeSpace: false },
    },
  });
}

/** For a template: CloudFormation puts the value in. */
export const passwordOf = (secret: secretsmanager.ISecret): string =>
  secret.secretValueFromJson('password').unsafeUnwrap();
