import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { KeysStack } from '../keys-stack.ts';

/**
 * Certificates, their keys and `edge.env` of all edge hosts: a JSON object of file names under /etc/vestibule and texts, which whoever has them puts in. Hosts
 * read it whenever they apply a bundle.
 */
export const edgeSecret = (scope: Construct, { data }: Pick<KeysStack, 'data'>): secretsmanager.CfnSecret =>
  new secretsmanager.CfnSecret(scope, 'Secret', {
    description: 'vestibule: certificates, keys and edge.env of the edge hosts',
    kmsKeyId: data.keyArn,
  });
