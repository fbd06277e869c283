import type { Config } from '@vestibule/config';
import { App, type Stack } from 'aws-cdk-lib';
import { deploymentOf } from './deployment.ts';
import { EdgeStack } from './edge/edge-stack.ts';
import { NetworkStack } from './network/network-stack.ts';

/** All stacks of a deployment. Nothing is looked up in an account. @throws CodedError `not-deployable` */
export function vestibuleApp(config: Config, file: string, outdir?: string): { app: App; stacks: Stack[] } {
  const deployment = deploymentOf(config, file);
  const app = new App({ ...(outdir === undefined ? {} : { outdir }), analyticsReporting: false });
  const props = { env: { region: config.region } };
  const network = new NetworkStack(app, 'VestibuleNetwork', deployment, props);
  const edge = new EdgeStack(app, 'VestibuleEdge', deployment, network, props);
  return { app, stacks: [network, edge] };
}
