import type { Config } from '@vestibule/config';
import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Template } from 'aws-cdk-lib/assertions';
import { deploymentOf } from '../../deployment.ts';
import { BundleStack } from '../../hosts/bundle-stack.ts';
import { KeysStack } from '../../keys-stack.ts';
import { NetworkStack } from '../../network/network-stack.ts';
import type { Template as Text } from '../../../reach/template.ts';
import { passwordSecret } from '../../state/secrets.ts';
import { EdgeStack } from '../edge-stack.ts';
import { defaultEdgeHosts, EdgeHostsStack } from '../hosts-stack.ts';

/** The edge's stacks with what they stand on, and nothing else of a deployment. */
export function edgeTemplates(
  config: Config,
  file: string,
): { app: App; hosts: Text; keys: Text; bundles: Text } {
  const deployment = deploymentOf(config, file);
  const app = new App({ analyticsReporting: false });
  const props = { env: { region: config.region } };
  const keys = new KeysStack(app, 'VestibuleKeys', config, props);
  const network = new NetworkStack(app, 'VestibuleNetwork', deployment, props);
  const logs = new s3.Bucket(new Stack(app, 'Logs', props), 'Logs');
  const bundles = new BundleStack(app, 'VestibuleBundles', keys, logs, {
    ...props,
    bucketName: 'test-bundles',
  });
  const edge = new EdgeStack(app, 'VestibuleEdge', deployment, network, props);
  const storeToken = passwordSecret(new Stack(app, 'State', props), 'Token', {
    target: { kind: 'elasticache-group', id: 'edge-store' },
    ...{ key: keys.data, what: 'token' },
  });
  const inputs = { network, keys, edge, bundles, storeToken };
  const hosts = new EdgeHostsStack(app, 'VestibuleEdgeHosts', deployment, inputs, defaultEdgeHosts, props);
  const text = (stack: Stack) => Template.fromStack(stack).toJSON() as Text;
  return { app, hosts: text(hosts), keys: text(keys), bundles: text(bundles) };
}
