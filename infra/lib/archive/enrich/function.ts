import { Annotations, ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import type { Stores } from '../../compute/stores.ts';
import type { Deployment } from '../../deployment.ts';
import type { KeysStack } from '../../keys-stack.ts';
import type { NetworkStack } from '../../network/network-stack.ts';
import { searchRole } from '../../state/search-policy.ts';
import { bundledFunction } from '../bundle.ts';
import { type EnrichQueues, enrichTimeout } from '../queues.ts';
import { enrichStatements } from './permissions.ts';

interface Surroundings {
  deployment: Deployment;
  network: NetworkStack;
  keys: KeysStack;
  openSearch: Stores['openSearch'];
  queues: EnrichQueues;
  /** Its ARN; undefined without one. */
  eventBus: string | undefined;
}

const functionName = 'vestibule-enrich';
/** So many invocations at a time: each works on one call at a time, and the backend takes no more. */
const atOnce = { dev: 2, prod: 20 };
const messagesAtOnce = 5;

/** Enrichment: behind the queue of sealed calls, in the app subnets, bundled from `apps/enrich`. */
export function addEnrichment(scope: Construct, surroundings: Surroundings): lambda.Function {
  const { deployment, network, keys, queues } = surroundings;
  const { size } = deployment.settings;
  const log = new logs.LogGroup(scope, 'EnrichLog', {
    ...{ logGroupName: '/vestibule/enrich', encryptionKey: keys.logs },
    ...{ retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY },
  });
  const tokens = tokenSecret(scope, keys);
  const enrich = bundledFunction(scope, 'Enrich', {
    environmentEncryption: keys.data,
    entry: new URL('./entry.ts', import.meta.url),
    folders: { questionnaires: deployment.config.questionnaires },
    ...{ functionName, description: 'vestibule: brings sealed calls to search, backend and FHIR server' },
    role: enrichRole(scope, surroundings, tokens, log),
    environment: environmentOf(surroundings, tokens),
    ...{ logGroup: log, timeout: enrichTimeout, memorySize: 1024 },
    ...{ reservedConcurrentExecutions: atOnce[size], deadLetterQueue: queues.dead },
  });
  (enrich.node.defaultChild as lambda.CfnFunction).vpcConfig = {
    subnetIds: deployment.zones.map((_, zone) => network.subnetId('app', zone)),
    securityGroupIds: [network.groupOf('enrich')],
  };
  new lambda.CfnEventSourceMapping(scope, 'EnrichSealed', {
    ...{ functionName: enrich.functionName, eventSourceArn: queues.sealed.queueArn },
    ...{ batchSize: messagesAtOnce, functionResponseTypes: ['ReportBatchItemFailures'] },
    scalingConfig: { maximumConcurrency: atOnce[size] },
  });
  if (!existsSync(deployment.config.questionnaires))
    Annotations.of(enrich).addWarningV2(
      'vestibule:no-questionnaires',
      `${deployment.config.questionnaires} is no folder: calls will be enriched without codes of questions and without a second reading of red flags`,
    );
  return enrich;
}

/** Issued by backend and FHIR server, and put in by an operator. */
function tokenSecret(scope: Construct, keys: KeysStack): secretsmanager.Secret {
  const tokens = new secretsmanager.Secret(scope, 'EnrichTokens', {
    description: 'vestibule: {"backend": token, "fhir": token}, put in by an operator',
    encryptionKey: keys.data,
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
  });
  const reason =
    'Backend and FHIR server issue these, and AWS can make no others: an operator puts new ones in (docs/operations), and the function takes them with its next start.';
  for (const id of ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled'])
    Validations.of(tokens.node.defaultChild!).acknowledge({ id, reason });
  return tokens;
}

function enrichRole(
  scope: Construct,
  { deployment, keys, eventBus, queues }: Surroundings,
  tokens: secretsmanager.ISecret,
  log: logs.ILogGroup,
): iam.Role {
  const stack = Stack.of(scope);
  const role = new iam.Role(scope, 'EnrichRole', {
    // OpenSearch knows it by its name.
    roleName: searchRole('enrich', deployment.config.region),
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  });
  const functionArn = stack.formatArn({
    ...{ service: 'lambda', resource: 'function', resourceName: functionName },
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const grants = { keys, tokens, queues, logGroupArn: log.logGroupArn, eventBus, functionArn };
  for (const statement of enrichStatements(scope, deployment, grants)) role.addToPolicy(statement);
  return role;
}

/** As `apps/enrich/README.md` lists it; tokens come by `entry.ts`. */
function environmentOf(
  { deployment: { config, settings }, openSearch, eventBus }: Surroundings,
  tokens: secretsmanager.ISecret,
): Record<string, string> {
  return {
    VESTIBULE_ARCHIVE_BUCKET: config.archive.bucket,
    OPENSEARCH_URL: openSearch.url,
    VESTIBULE_BACKEND_URL: settings.backend.url,
    VESTIBULE_RECORD_KEY: config.record.dataKey,
    VESTIBULE_TOKENS: tokens.secretArn,
    ...(config.enrich.fhir === undefined ? {} : { VESTIBULE_FHIR_URL: config.enrich.fhir }),
    ...(eventBus === undefined ? {} : { VESTIBULE_EVENT_BUS: eventBus }),
    ...(existsSync(config.questionnaires) ? { VESTIBULE_QUESTIONNAIRES: '/var/task/questionnaires' } : {}),
    ...{ POWERTOOLS_SERVICE_NAME: 'enrich', POWERTOOLS_LOG_LEVEL: 'INFO' },
  };
}
