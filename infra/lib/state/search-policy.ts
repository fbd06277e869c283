import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export const domainName = 'vestibule';

/** Who may ask OpenSearch. */
export type SearchUser = 'mcp' | 'enrich';

/** The name of its role: the domain's policy must know it before the role is there. */
export const searchRole = (user: SearchUser, region: string) => `vestibule-${region}-${user}`;

/** By what each asks for: method, and path from the domain's root. */
const requests: Record<SearchUser, { actions: string[]; paths: string[] }> = {
  // apps/mcp/src/knowledge/search.ts
  mcp: { actions: ['es:ESHttpPost'], paths: ['knowledge/_search'] },
  // apps/enrich/src/sinks/call-index.ts: is the index there, its mapping, a document under its id
  enrich: { actions: ['es:ESHttpHead', 'es:ESHttpPut'], paths: ['calls', 'calls/*', 'calls-1'] },
};

/** For the role itself. A domain's policy and a role's must both allow what the domain's policy leaves to the account. */
export function searchStatement(scope: Construct, user: SearchUser): iam.PolicyStatement {
  const { actions, paths } = requests[user];
  return new iam.PolicyStatement({ actions, resources: pathsOf(Stack.of(scope), paths) });
}

/** The domain's own: these two roles, each with its requests, and nobody else of the account. */
export function searchPolicy(stack: Stack): object {
  const users = Object.entries(requests) as [SearchUser, (typeof requests)[SearchUser]][];
  return {
    Version: '2012-10-17',
    Statement: users.map(([user, { actions, paths }]) => ({
      Effect: 'Allow',
      Principal: {
        AWS: stack.formatArn({
          service: 'iam',
          region: '',
          resource: 'root',
          arnFormat: ArnFormat.NO_RESOURCE_NAME,
        }),
      },
      Action: actions,
      Resource: pathsOf(stack, paths),
      Condition: { ArnEquals: { 'aws:PrincipalArn': roleArn(stack, user) } },
    })),
  };
}

const roleArn = (stack: Stack, user: SearchUser) =>
  stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: searchRole(user, stack.region),
  });

const pathsOf = (stack: Stack, paths: readonly string[]) =>
  paths.map((path) =>
    stack.formatArn({ service: 'es', resource: 'domain', resourceName: `${domainName}/${path}` }),
  );
