import { list } from '../reach/model.ts';
import { resourcesOf, type Templates } from '../reach/template.ts';

/** Actions that AWS knows no resources for (service authorization reference), so that `*` is the narrowest there is. */
const withoutResources: readonly RegExp[] = [
  /^transcribe:StartStreamTranscription$/,
  /^polly:SynthesizeSpeech$/,
  /^ecr:GetAuthorizationToken$/,
  /^ec2:Describe[A-Z]\w+$/,
  /^ecs:DiscoverPollEndpoint$/,
  /^ssmmessages:(Create|Open)(Control|Data)Channel$/,
  /^ssm:UpdateInstanceInformation$/,
  /^ec2:(CreateNetworkInterface|DeleteNetworkInterface|AssignPrivateIpAddresses|UnassignPrivateIpAddresses)$/,
  /^xray:Put(TraceSegments|TelemetryRecords)$/,
  /^cloudwatch:PutMetricData$/,
  /^kms:GenerateRandom$/,
  /^secretsmanager:GetRandomPassword$/,
  /^autoscaling:DescribeAutoScaling\w+$/,
];

interface Statement {
  Effect?: string;
  Action?: unknown;
  NotAction?: unknown;
  Resource?: unknown;
  NotResource?: unknown;
  Principal?: unknown;
  Condition?: unknown;
}

/** What is wrong with the templates' IAM: wildcards in actions, `*` as a resource of what has resources, trust in everybody. */
export function iamFaults(templates: Templates): string[] {
  return resourcesOf(templates).flatMap(({ id, type, properties }) => [
    ...identityStatements(type, properties).flatMap((statement) => identityFaults(id, statement)),
    ...trustStatements(type, properties).flatMap((statement) => openTrust(id, statement)),
  ]);
}

/** How many statements there are, for the report. */
export const statementCount = (templates: Templates): number =>
  resourcesOf(templates).flatMap(({ type, properties }) => identityStatements(type, properties)).length;

const statementsOf = (document: unknown): Statement[] =>
  list((document as { Statement?: unknown } | undefined)?.Statement) as Statement[];

function identityStatements(type: string, properties: Record<string, unknown>): Statement[] {
  if (/^AWS::IAM::(Policy|ManagedPolicy|RolePolicy)$/.test(type))
    return statementsOf(properties['PolicyDocument']);
  if (type === 'AWS::IAM::Role')
    return list(properties['Policies']).flatMap((each) =>
      statementsOf((each as { PolicyDocument?: unknown }).PolicyDocument),
    );
  return [];
}

function identityFaults(id: string, statement: Statement): string[] {
  if (statement.Effect === 'Deny') return [];
  const actions = list(statement.Action).map(String);
  const isEverywhere = list(statement.Resource).some((resource) => resource === '*');
  return [
    ...(statement.NotAction === undefined ? [] : [`${id}: NotAction allows what nobody has listed`]),
    ...(statement.NotResource === undefined ? [] : [`${id}: NotResource allows what nobody has listed`]),
    ...actions.filter((action) => action.includes('*')).map((action) => `${id}: ${action} is a wildcard`),
    ...(isEverywhere ? actions : [])
      .filter((action) => !withoutResources.some((known) => known.test(action)))
      .map((action) => `${id}: ${action} on *, though AWS has resources for it`),
  ];
}

const trusts: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::EC2::VPCEndpoint': 'PolicyDocument',
  'AWS::Events::EventBusPolicy': 'Statement',
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  'AWS::ECR::Repository': 'RepositoryPolicyText',
  'AWS::OpenSearchService::Domain': 'AccessPolicies',
};

const trustStatements = (type: string, properties: Record<string, unknown>): Statement[] => {
  const member = trusts[type];
  return member === undefined ? [] : statementsOf(properties[member]);
};

/** Everybody may be allowed nothing without a condition that names an account. */
function openTrust(id: string, { Effect, Principal, Condition, Resource }: Statement): string[] {
  const isEverybody =
    Principal === '*' || list((Principal as { AWS?: unknown } | undefined)?.AWS).includes('*');
  if (Effect === 'Deny' || !isEverybody) return [];
  const isBound = /aws:(Principal|Source|Resource)(Account|OrgID)/.test(JSON.stringify(Condition ?? {}));
  return isBound || isOfAws(Resource) ? [] : [`${id}: trusts everybody without a condition`];
}

/** Buckets that AWS keeps images' layers in: whoever gets there learns nothing of ours. */
const isOfAws = (resource: unknown): boolean =>
  list(resource).every((each) => /^arn:aws:s3:::prod-[\w-]+-starport-layer-bucket\/\*$/.test(String(each)));
