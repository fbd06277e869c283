import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { CfnDomain } from 'aws-cdk-lib/aws-opensearchservice';
import type { Construct } from 'constructs';
import type { KeysStack } from '../keys-stack.ts';
import { domainName } from './search-policy.ts';

const kinds = {
  SEARCH_SLOW_LOGS: 'search-slow',
  INDEX_SLOW_LOGS: 'index-slow',
  ES_APPLICATION_LOGS: 'errors',
};

/**
 * Where the domain writes its logs, and its leave to. The slow logs stay empty until somebody sets their thresholds on an index; they then
 * repeat queries and documents, which are callers' words.
 */
export function addSearchLogs(
  scope: Construct,
  keys: KeysStack,
): { publishing: Record<string, CfnDomain.LogPublishingOptionProperty>; policy: logs.CfnResourcePolicy } {
  const groups = Object.entries(kinds).map(([kind, name]): [string, logs.LogGroup] => [
    kind,
    new logs.LogGroup(scope, `SearchLog-${name}`, {
      logGroupName: `/vestibule/opensearch/${name}`,
      encryptionKey: keys.logs,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  ]);
  return {
    publishing: Object.fromEntries(
      groups.map(([kind, group]) => [kind, { enabled: true, cloudWatchLogsLogGroupArn: group.logGroupArn }]),
    ),
    policy: writePolicy(
      scope,
      groups.map(([, group]) => group),
    ),
  };
}

function writePolicy(scope: Construct, groups: readonly logs.LogGroup[]): logs.CfnResourcePolicy {
  const stack = Stack.of(scope);
  const domain = stack.formatArn({ service: 'es', resource: 'domain', resourceName: domainName });
  return new logs.CfnResourcePolicy(scope, 'SearchLogPolicy', {
    policyName: 'vestibule-opensearch',
    policyDocument: stack.toJsonString({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'es.amazonaws.com' },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: groups.map(({ logGroupArn }) => logGroupArn),
          Condition: {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: { 'aws:SourceArn': domain },
          },
        },
      ],
    }),
  });
}
