import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { bundledFunction } from '../../archive/bundle.ts';
import type { Deployment } from '../../deployment.ts';
import { allow } from '../../statements.ts';
import type { KeysStack } from '../../keys-stack.ts';
import { logUsers, userId } from '../access.ts';
import { groupId } from '../replication-group.ts';

interface Rotation {
  keys: KeysStack;
  passwords: readonly secretsmanager.ISecret[];
  callLog: Deployment['settings']['callLog'];
}

const functionName = 'vestibule-rotation';
const everyDays = 60;

/**
 * Passwords of the stores are changed every 60 days. The function stands outside the VPC: it calls AWS's own APIs and reaches no store, so it needs no way
 * into the VPC, and the VPC no endpoint for it.
 */
export function addRotation(scope: Construct, { keys, passwords, callLog }: Rotation): void {
  const log = new logs.LogGroup(scope, 'RotationLog', {
    logGroupName: `/vestibule/rotation`,
    encryptionKey: keys.logs,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new iam.Role(scope, 'RotationRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  for (const statement of statements(Stack.of(scope), { keys, passwords, callLog }, log))
    role.addToPolicy(statement);
  const rotation = bundledFunction(scope, 'Rotation', {
    entry: new URL('./handler.ts', import.meta.url),
    ...{ functionName, role, logGroup: log, description: 'vestibule: changes the passwords of the stores' },
    ...{ timeout: Duration.minutes(10), memorySize: 256, reservedConcurrentExecutions: passwords.length },
  });
  const permission = new lambda.CfnPermission(scope, 'RotationBySecretsManager', {
    ...{ action: 'lambda:InvokeFunction', functionName: rotation.functionArn },
    ...{ principal: 'secretsmanager.amazonaws.com', sourceAccount: Stack.of(scope).account },
  });
  for (const [index, password] of passwords.entries()) {
    const schedule = new secretsmanager.CfnRotationSchedule(scope, `RotationOf-${index}`, {
      ...{ secretId: password.secretArn, rotationLambdaArn: rotation.functionArn },
      ...{ rotationRules: { automaticallyAfterDays: everyDays }, rotateImmediatelyOnUpdate: false },
    });
    schedule.addResourceDependency(permission);
  }
  suppress(rotation);
}

/** The versions of these secrets, and the passwords of these users and groups; nothing else. */
function statements(
  stack: Stack,
  { keys, passwords, callLog }: Rotation,
  log: logs.ILogGroup,
): iam.PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const users = logUsers.map(userId);
  return [
    allow(
      ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
        (action) => `secretsmanager:${action}`,
      ),
      passwords.map(({ secretArn }) => secretArn),
    ),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.data.keyArn], {
      StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` },
    }),
    allow(
      ['elasticache:ModifyReplicationGroup', 'elasticache:DescribeReplicationGroups'],
      (['bus', 'edge-store'] as const).map((name) => arn('elasticache', 'replicationgroup', groupId(name))),
    ),
    callLog === 'memorydb'
      ? allow(
          ['memorydb:UpdateUser', 'memorydb:DescribeUsers'],
          users.map((user) => stack.formatArn({ service: 'memorydb', resource: 'user', resourceName: user })),
        )
      : allow(
          ['elasticache:ModifyUser', 'elasticache:DescribeUsers'],
          users.map((user) => arn('elasticache', 'user', user)),
        ),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${log.logGroupArn}:log-stream:*`]),
  ];
}

function suppress(rotation: lambda.Function): void {
  Validations.of(rotation).acknowledge(
    {
      id: 'HIPAA.Security-LambdaInsideVPC',
      reason:
        'It calls the APIs of Secrets Manager and ElastiCache (or MemoryDB) alone, holds no caller’s data, and outside the VPC it can reach no store; its role has these secrets and users and nothing else.',
    },
    {
      id: 'HIPAA.Security-LambdaDLQ',
      reason:
        'Nothing is to be delivered again: Secrets Manager repeats a failed step by itself and reports RotationFailed.',
    },
  );
}
