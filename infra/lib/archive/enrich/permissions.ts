import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Deployment } from '../../deployment.ts';
import type { KeysStack } from '../../keys-stack.ts';
import type { EnrichQueues } from '../queues.ts';
import { allow } from '../../statements.ts';
import { searchStatement } from '../../state/search-policy.ts';

interface Grants {
  keys: KeysStack;
  tokens: ISecret;
  queues: EnrichQueues;
  logGroupArn: string;
  /** Undefined where there is no bus. */
  eventBus: string | undefined;
  functionArn: string;
}

/** What enrichment asks of AWS (`apps/enrich`), and what Lambda asks for in its name; no more. */
export function enrichStatements(
  scope: Construct,
  { config }: Deployment,
  grants: Grants,
): iam.PolicyStatement[] {
  const { keys, tokens, queues, logGroupArn, eventBus, functionArn } = grants;
  return [
    ...archiveStatements(config.archive.bucket, config.tenant),
    ...keyStatements(Stack.of(scope).region, keys, config.tenant),
    allow(['secretsmanager:GetSecretValue'], [tokens.secretArn]),
    ...queueStatements(queues),
    searchStatement(scope, 'enrich'),
    ...(eventBus === undefined ? [] : [allow(['events:PutEvents'], [eventBus])]),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logGroupArn}:log-stream:*`]),
    ...interfaceStatements(functionArn),
  ];
}

/** Records are read, `enrichment.json` is written beside them, and under `_enrich/` what is under way and what was given up. */
function archiveStatements(bucketName: string, tenant: string): iam.PolicyStatement[] {
  const bucket = `arn:aws:s3:::${bucketName}`;
  const [records, own] = [`${bucket}/${tenant}/*`, `${bucket}/_enrich/*`];
  return [
    allow(['s3:GetObject'], [records, own]),
    allow(['s3:GetObjectLegalHold'], [records]),
    allow(['s3:PutObject'], [`${bucket}/${tenant}/*/enrichment.json`, own]),
    // Of a call under a hold this too is held.
    allow(['s3:PutObjectLegalHold'], [`${bucket}/${tenant}/*/enrichment.json`]),
    // Without it S3 answers 403 for what is not there.
    allow(['s3:ListBucket'], [bucket]),
  ];
}

/** The keys of this tenant's calls; and the data key for what S3, SQS and Secrets Manager encrypt with it, through them alone. */
function keyStatements(region: string, keys: KeysStack, tenant: string): iam.PolicyStatement[] {
  const through = (service: string) => ({
    StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
  });
  return [
    allow(['kms:Decrypt'], [keys.calls.keyArn], {
      StringEquals: { 'kms:EncryptionContext:tenant': tenant },
    }),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.data.keyArn], through('s3')),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.data.keyArn], through('sqs')),
    allow(['kms:Decrypt'], [keys.data.keyArn], through('secretsmanager')),
  ];
}

/** Lambda takes messages from the queue, and puts what was sent to the function directly among the dead. */
function queueStatements({ sealed, dead }: EnrichQueues): iam.PolicyStatement[] {
  return [
    allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [sealed.queueArn]),
    allow(['sqs:SendMessage'], [dead.queueArn]),
  ];
}

/**
 * Lambda makes the function's network interface in its role's name and checks for these on every resource, as in AWS's own managed policy
 * (AWSLambdaVPCAccessExecutionRole). The function's code has no use for them, and is denied them.
 */
function interfaceStatements(functionArn: string): iam.PolicyStatement[] {
  const actions = [
    ...['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces'],
    ...['ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
  ];
  return [
    allow(actions, ['*']),
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      ...{ actions, resources: ['*'] },
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    }),
  ];
}
