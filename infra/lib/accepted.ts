import { type IConstruct } from 'constructs';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';

/** A finding of cdk-nag that is accepted: of which rule, where, and what controls the risk instead. */
interface Accepted {
  rule: RegExp;
  at: RegExp;
  reason: string;
}

const everywhere = /./;

export const accepted: readonly Accepted[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: everywhere,
    reason:
      'Only actions that AWS has no resources for; infra/check/iam.ts holds every statement to its list of them',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::[^*].*\*.*\]$/,
    at: everywhere,
    reason:
      'Names within one named resource: objects of one bucket, streams of one log group, tasks of one cluster, hosts by their tag; infra/check/iam.ts refuses wildcards in actions',
  },
  {
    rule: /^HIPAA\.Security-IAMNoInlinePolicy$/,
    at: everywhere,
    reason: 'Each policy belongs to one role and goes with it; infra/check/iam.ts reads them all',
  },
  {
    rule: /^HIPAA\.Security-VPCDefaultSecurityGroupClosed$/,
    at: /Network\/Vpc$/,
    reason:
      'Nothing stands in it: infra/reach finds every address whose group is of no place of the flow matrix',
  },
  {
    rule: /^HIPAA\.Security-VPCNoUnrestrictedRouteToIGW$/,
    at: /Network\/ToInternet-\d$/,
    reason:
      'Carriers reach the edge by it, and only they: infra/reach proves that from the internet nothing else gets in, and that no other subnet has such a route',
  },
  {
    rule: /^AwsSolutions-AS3$/,
    at: everywhere,
    reason: 'A group of one: the alarm TasksOf-… or that of its zone pages when its host is gone',
  },
  {
    rule: /^AwsSolutions-ECS2$/,
    at: /Compute\/Task-/,
    reason: 'Addresses and names only; what is secret comes from Secrets Manager by the execution role',
  },
  {
    rule: /^HIPAA\.Security-ECSTaskDefinitionUserForHostMode$/,
    at: /Compute\/Task-livekit/,
    reason:
      'The rule wants privileged containers; these are not, and run as nobody with a root they cannot write to',
  },
  {
    rule: /^(AwsSolutions-SMG4|HIPAA\.Security-SecretsManagerRotationEnabled)$/,
    at: /Compute\/Settings-/,
    reason: 'Rendered from other secrets, and anew with each deployment after one of them changed',
  },
  {
    rule: /^(AwsSolutions-SMG4|HIPAA\.Security-SecretsManagerRotationEnabled)$/,
    at: everywhere,
    reason:
      'Both sides must change at one time: docs/operations/rotate-secrets.md has the steps and how often; the alarm for an old secret is in the same place',
  },
];

/** Marks what is accepted in the tree, for every run of cdk-nag there may be. */
export function acceptFindings(app: IConstruct): void {
  for (const pack of [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app)])
    for (const { ruleName, violatingResources } of pack.validateScope(app).violations)
      for (const { constructPath = '' } of violatingResources) {
        const found = accepted.find(({ rule, at }) => rule.test(ruleName) && at.test(constructPath));
        if (found === undefined) continue;
        Validations.of(nodeAt(app, constructPath)).acknowledge({ id: ruleName, reason: found.reason });
      }
}

const nodeAt = (app: IConstruct, path: string): IConstruct =>
  path.split('/').reduce((node, id) => node.node.findChild(id), app);
