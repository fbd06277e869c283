import { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { allow } from '../statements.ts';
import type { BundleSource } from './stores.ts';

/** A secret as a container's variable; `field` of its JSON, or all of it. */
export interface SecretField {
  secret: ISecret;
  field?: string;
}

export interface AppTask {
  name: string;
  image: { uri: string; repositoryArn: string };
  command?: string[];
  cpu: number;
  /** MiB */
  memory: number;
  port: number;
  /** Path of its health check: of the process, not of what it needs. */
  health: string;
  environment: Record<string, string>;
  secrets: Record<string, SecretField>;
  /** What its role may. */
  statements: iam.PolicyStatement[];
  /** Where a policy elsewhere must know it before it is there. */
  roleName?: string;
  logsKey: IKey;
  bundle: BundleSource;
}

const config = '/config';

/**
 * A Fargate task of one app: a first container fetches and checks the configuration, then the app runs with it. Neither can write to its
 * image, neither is root.
 */
export function appTask(
  scope: Construct,
  task: AppTask,
): { definition: ecs.CfnTaskDefinition; log: logs.LogGroup } {
  const log = new logs.LogGroup(scope, `Log-${task.name}`, {
    logGroupName: `/vestibule/${task.name}`,
    encryptionKey: task.logsKey,
    retention: logs.RetentionDays.ONE_YEAR,
  });
  const role = taskRole(scope, task);
  const execution = executionRole(
    scope,
    task.name,
    log,
    [task.image.repositoryArn],
    Object.values(task.secrets),
  );
  const definition = new ecs.CfnTaskDefinition(scope, `Task-${task.name}`, {
    family: `vestibule-${task.name}`,
    cpu: String(task.cpu),
    memory: String(task.memory),
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
    executionRoleArn: execution.roleArn,
    taskRoleArn: role.roleArn,
    volumes: [{ name: 'config' }, { name: 'tmp' }],
    containerDefinitions: [configContainer(task, log), appContainer(task, log)],
  });
  return { definition, log };
}

function configContainer(
  task: AppTask,
  log: logs.LogGroup,
): ecs.CfnTaskDefinition.ContainerDefinitionProperty {
  return {
    name: 'config',
    image: task.image.uri,
    essential: false,
    command: ['node', 'images/entry/fetch-config.ts'],
    readonlyRootFilesystem: true,
    environment: pairs({
      VESTIBULE_BUNDLE: task.bundle.uri,
      VESTIBULE_BUNDLE_SHA256: task.bundle.sha256,
      AWS_REGION: Stack.of(log).region,
    }),
    mountPoints: [{ sourceVolume: 'config', containerPath: config, readOnly: false }],
    logConfiguration: logTo(log, 'config'),
  };
}

function appContainer(task: AppTask, log: logs.LogGroup): ecs.CfnTaskDefinition.ContainerDefinitionProperty {
  const { region } = Stack.of(log);
  return {
    name: task.name,
    image: task.image.uri,
    essential: true,
    ...(task.command === undefined ? {} : { command: task.command }),
    dependsOn: [{ containerName: 'config', condition: 'SUCCESS' }],
    readonlyRootFilesystem: true,
    portMappings: [{ containerPort: task.port, protocol: 'tcp' }],
    environment: pairs({
      ...task.environment,
      VESTIBULE_CONFIG: `${config}/vestibule.yaml`,
      AWS_REGION: region,
    }),
    secrets: secretsOf(task.secrets),
    mountPoints: [
      { sourceVolume: 'config', containerPath: config, readOnly: true },
      { sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false },
    ],
    linuxParameters: { initProcessEnabled: true },
    // Of Fargate the most; calls that are not over by then are handed over.
    stopTimeout: 120,
    healthCheck: {
      command: ['CMD', 'node', '-e', healthProbe(task)],
      ...{ interval: 10, timeout: 5, retries: 3, startPeriod: 60 },
    },
    logConfiguration: logTo(log, 'app'),
  };
}

const healthProbe = ({ port, health }: AppTask) =>
  `fetch('http://127.0.0.1:${port}${health}').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))`;

export const pairs = (variables: Record<string, string>): { name: string; value: string }[] =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));

export const secretsOf = (secrets: Record<string, SecretField>): { name: string; valueFrom: string }[] =>
  Object.entries(secrets).map(([name, { secret, field }]) => ({
    name,
    valueFrom: field === undefined ? secret.secretArn : `${secret.secretArn}:${field}::`,
  }));

export const logTo = (
  log: logs.LogGroup,
  prefix: string,
): ecs.CfnTaskDefinition.LogConfigurationProperty => ({
  logDriver: 'awslogs',
  options: {
    'awslogs-group': log.logGroupName,
    'awslogs-region': Stack.of(log).region,
    'awslogs-stream-prefix': prefix,
    // A full log must not stop a call.
    mode: 'non-blocking',
    'max-buffer-size': '4m',
  },
});

function taskRole(scope: Construct, { name, statements, roleName }: AppTask): iam.Role {
  const role = new iam.Role(scope, `Role-${name}`, {
    assumedBy: tasksPrincipal(scope),
    ...(roleName === undefined ? {} : { roleName }),
  });
  for (const statement of statements) role.addToPolicy(statement);
  // The ECS agent asks for the task's protection in its name.
  role.addToPolicy(
    allow(
      ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
      [Stack.of(scope).formatArn({ service: 'ecs', resource: 'task', resourceName: 'vestibule/*' })],
    ),
  );
  return role;
}

/** ECS of this account alone, so that no other deployment can lend the role. */
const tasksPrincipal = (scope: Construct) =>
  new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });

/** What ECS does before the app runs: its images, its secrets, its log, and no other. */
export function executionRole(
  scope: Construct,
  name: string,
  log: logs.LogGroup,
  repositoryArns: string[],
  secrets: SecretField[],
): iam.Role {
  const role = new iam.Role(scope, `Execution-${name}`, { assumedBy: tasksPrincipal(scope) });
  const statements = [
    allow(
      ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      [...new Set(repositoryArns)],
    ),
    // A token is of no repository (service authorization reference).
    allow(['ecr:GetAuthorizationToken'], ['*']),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`${log.logGroupArn}:log-stream:*`]),
    ...secrets.map(({ secret }) => allow(['secretsmanager:GetSecretValue'], [secret.secretArn])),
  ];
  for (const statement of statements) role.addToPolicy(statement);
  for (const { secret } of secrets) secret.encryptionKey?.grantDecrypt(role);
  return role;
}
