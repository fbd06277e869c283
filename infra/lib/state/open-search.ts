import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { Construct } from 'constructs';
import { addSearchLogs } from './search-logs.ts';
import { domainName, searchPolicy } from './search-policy.ts';
import type { StoreSizes } from './sizes.ts';
import { dataSubnets, type StorePlace } from './subnets.ts';

/**
 * OpenSearch: what the agents may know, and the index of calls. Reached inside the VPC alone, by signed requests of two roles alone.
 * @returns `url` by AWS's own name, which the certificate has.
 */
export function addOpenSearch(
  scope: Construct,
  place: StorePlace,
  sizes: StoreSizes['openSearch'],
): { url: string; arn: string } {
  const { network, keys } = place;
  const { publishing, policy } = addSearchLogs(scope, keys);
  const domain = new opensearch.CfnDomain(scope, 'Search', {
    domainName,
    // The version that the tests run.
    engineVersion: 'OpenSearch_2.19',
    accessPolicies: searchPolicy(Stack.of(scope)),
    clusterConfig: clusterOf(sizes),
    ebsOptions: { ebsEnabled: true, volumeType: 'gp3', volumeSize: sizes.gibibytes },
    encryptionAtRestOptions: { enabled: true, kmsKeyId: keys.data.keyId },
    nodeToNodeEncryptionOptions: { enabled: true },
    domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
    vpcOptions: {
      subnetIds: dataSubnets(place, sizes.zones),
      securityGroupIds: [network.groupOf('opensearch')],
    },
    // An index that is named in a body would pass by the paths of the policy.
    advancedOptions: { 'rest.action.multi.allow_explicit_index': 'false' },
    softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
    logPublishingOptions: publishing,
  });
  domain.addResourceDependency(policy);
  domain.applyRemovalPolicy(
    place.deployment.settings.size === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  );
  suppress(domain, sizes);
  return { url: `https://${domain.attrDomainEndpoint}`, arn: domain.attrArn };
}

function clusterOf({
  node,
  nodes,
  zones,
  master,
}: StoreSizes['openSearch']): opensearch.CfnDomain.ClusterConfigProperty {
  return {
    ...{ instanceType: node, instanceCount: nodes, zoneAwarenessEnabled: zones > 1 },
    ...(zones > 1 ? { zoneAwarenessConfig: { availabilityZoneCount: zones } } : {}),
    dedicatedMasterEnabled: master !== undefined,
    ...(master === undefined ? {} : { dedicatedMasterType: master, dedicatedMasterCount: 3 }),
  };
}

function suppress(domain: opensearch.CfnDomain, { master }: StoreSizes['openSearch']): void {
  Validations.of(domain).acknowledge(
    {
      id: 'AwsSolutions-OS3',
      reason:
        'A policy by address is not possible for a domain in a VPC. Its security group admits MCP server and enrichment alone (flow matrix), its policy their roles alone.',
    },
    ...(master === undefined
      ? ['AwsSolutions-OS4', 'AwsSolutions-OS7'].map((id) => ({
          id,
          reason:
            'Only aws.size: dev is one node. Everything in it can be made again from the archive and the sources of the knowledge.',
        }))
      : []),
  );
}
