import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { BundleStack } from '../hosts/bundle-stack.ts';
import { letAutoScalingUse } from '../hosts/disk-key.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { addDocuments } from './documents.ts';
import type { EdgeStack } from './edge-stack.ts';
import { addHost } from './host.ts';

/** What edge hosts are made of. */
export interface EdgeHostSettings {
  /** EC2 instance type; it needs room for three interfaces (`large` and larger), and the architecture of the image. */
  instance: string;
  /** `ami-…`, or the SSM parameter that `infra/hosts/image/` has written the image's id to. */
  image: string;
}

export const defaultEdgeHosts: EdgeHostSettings = { instance: 'c7g.large', image: '/vestibule/edge/image' };

export interface EdgeHostInputs {
  network: NetworkStack;
  keys: KeysStack;
  edge: EdgeStack;
  bundles: BundleStack;
  /** Token of the edge's store. */
  storeToken: ISecret;
}

/**
 * The edge's hosts: in each zone a group of one, which takes the zone's interfaces over from the one before it, runs on the published bundle, and drains
 * before it ends. Deployed after a bundle was published: a host without one is given up.
 */
export class EdgeHostsStack extends Stack {
  /** What Kamailio, RTPEngine and edge/control say. */
  readonly log: logs.LogGroup;

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    inputs: EdgeHostInputs,
    settings: EdgeHostSettings,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { keys } = inputs;
    letAutoScalingUse(keys.data);
    this.log = new logs.LogGroup(this, 'Log', {
      encryptionKey: keys.logs,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: deployment.settings.size === 'dev' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    for (const zone of deployment.zones.keys())
      addHost(this, zone, { deployment, settings, log: this.log, ...inputs });
    addDocuments(this);
  }
}
