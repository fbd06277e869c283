import { Stack } from 'aws-cdk-lib';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import type { Construct } from 'constructs';

/** Names that are resolved: AWS's own and the VPC's. All others are answered with nothing, so that no data leaves in questions for names. */
export function addDnsFirewall(scope: Construct, vpcId: string): void {
  const { region } = Stack.of(scope);
  const known = new resolver.CfnFirewallDomainList(scope, 'KnownNames', {
    domains: [`*.${region}.amazonaws.com`, '*.vestibule.internal', `*.${region}.compute.internal`],
  });
  const all = new resolver.CfnFirewallDomainList(scope, 'AllNames', { domains: ['*'] });
  const group = new resolver.CfnFirewallRuleGroup(scope, 'NameRules', {
    firewallRules: [
      { action: 'ALLOW', firewallDomainListId: known.attrId, priority: 10 },
      { action: 'BLOCK', blockResponse: 'NODATA', firewallDomainListId: all.attrId, priority: 20 },
    ],
  });
  new resolver.CfnFirewallRuleGroupAssociation(scope, 'NameRulesOfVpc', {
    ...{ firewallRuleGroupId: group.attrId, vpcId, priority: 101, mutationProtection: 'ENABLED' },
  });
}
