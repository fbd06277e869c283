import { Stack } from 'aws-cdk-lib';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** Names that are resolved: of AWS's services that are used, the VPC's and the backend's. All others are answered with nothing, so that no data leaves in questions for names. */
export function addDnsFirewall(scope: Construct, vpcId: string, { config, settings }: Deployment): void {
  const { region } = Stack.of(scope);
  const known = new resolver.CfnFirewallDomainList(scope, 'KnownNames', {
    domains: [
      ...[`*.${region}.amazonaws.com`, `*.${region}.es.amazonaws.com`, '*.cache.amazonaws.com'],
      ...['*.vestibule.internal', `*.${region}.compute.internal`],
      ...[settings.backend.url, ...(config.enrich.fhir === undefined ? [] : [config.enrich.fhir])].map(
        (url) => new URL(url).hostname,
      ),
    ],
  });
  const all = new resolver.CfnFirewallDomainList(scope, 'AllNames', { domains: ['*'] });
  const group = new resolver.CfnFirewallRuleGroup(scope, 'NameRules', {
    firewallRules: [
      {
        ...{ action: 'ALLOW', firewallDomainListId: known.attrId, priority: 10 },
        // AWS's names lead on to others of AWS's.
        firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
      },
      { action: 'BLOCK', blockResponse: 'NODATA', firewallDomainListId: all.attrId, priority: 20 },
    ],
  });
  new resolver.CfnFirewallRuleGroupAssociation(scope, 'NameRulesOfVpc', {
    ...{ firewallRuleGroupId: group.attrId, vpcId, priority: 101, mutationProtection: 'ENABLED' },
  });
}
