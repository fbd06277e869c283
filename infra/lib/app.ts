import type { Config } from '@vestibule/config';
import { App, type Stack } from 'aws-cdk-lib';
import { acceptFindings } from './accepted.ts';
import { ArchiveStack } from './archive/archive-stack.ts';
import { ComputeStack } from './compute/compute-stack.ts';
import { liveKitHosts } from './compute/livekit/hosts.ts';
import { type Deployment, deploymentOf } from './deployment.ts';
import { EdgeStack } from './edge/edge-stack.ts';
import { EdgeHostsStack } from './edge/hosts-stack.ts';
import { BundleStack } from './hosts/bundle-stack.ts';
import { ImagesStack } from './images/images-stack.ts';
import { KeysStack } from './keys-stack.ts';
import { NetworkStack } from './network/network-stack.ts';
import type { Watched } from './observability/alarms.ts';
import { ObservabilityStack } from './observability/observability-stack.ts';
import { domainName } from './state/search-policy.ts';
import { groupId } from './state/replication-group.ts';
import { StateStack } from './state/state-stack.ts';

/** All stacks of a deployment, in the order in which they are deployed. Nothing is looked up in an account. @throws CodedError `not-deployable` */
export function vestibuleApp(config: Config, file: string, outdir?: string): { app: App; stacks: Stack[] } {
  const deployment = deploymentOf(config, file);
  const app = new App({
    ...(outdir === undefined ? {} : { outdir }),
    analyticsReporting: false,
    // Buckets whose owner owns everything take access logs by policy: there are no ACLs to say so in.
    context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true },
  });
  const props = { env: { region: config.region } };
  const keys = new KeysStack(app, 'VestibuleKeys', config, props);
  const network = new NetworkStack(app, 'VestibuleNetwork', deployment, props);
  const images = new ImagesStack(app, 'VestibuleImages', deployment, keys, props);
  const edge = new EdgeStack(app, 'VestibuleEdge', deployment, network, props);
  const state = new StateStack(app, 'VestibuleState', deployment, network, keys, props);
  const archive = new ArchiveStack(app, 'VestibuleArchive', deployment, network, keys, state, props);
  const bundles = new BundleStack(app, 'VestibuleBundle', keys, archive.accessLogs, {
    ...props,
    bucketName: `${config.archive.bucket}-bundles`,
  });
  const hosts = new EdgeHostsStack(
    ...([
      app,
      'VestibuleEdgeHosts',
      deployment,
      { network, keys, edge, bundles, storeToken: state.edgeStore.password },
    ] as const),
    ...([deployment.settings.edge, props] as const),
  );
  const inputs = {
    network,
    keys,
    stores: state,
    imageOf: images.imageOf.bind(images),
    bundle: bundles.source,
  };
  const compute = new ComputeStack(app, 'VestibuleCompute', deployment, inputs, props);
  const observability = new ObservabilityStack(
    ...([app, 'VestibuleObservability', deployment] as const),
    {
      logGroups: { ...compute.logs, enrich: archive.enrich.logGroup, edge: hosts.log },
      watched: watched(deployment, state, archive),
    },
    props,
  );
  acceptFindings(app);
  const stacks = [keys, network, images, edge, state, archive, bundles, hosts, compute, observability];
  return { app, stacks };
}

function watched(deployment: Deployment, state: StateStack, archive: ArchiveStack): Watched {
  const { config, settings } = deployment;
  const [preferred] = config.agent.models.llm;
  return {
    hosts: liveKitHosts(deployment).map(({ name }) => name),
    apps: {
      agent: settings.agents.least,
      mcp: 2,
      ...(config.recording === undefined ? {} : { recorder: settings.recorders.least }),
    },
    caches: Object.fromEntries(
      (['bus', 'call-log', 'edge-store'] as const).map((name) => [name, groupId(name)]),
    ),
    domain: { name: domainName, account: state.account },
    deadLetters: archive.queues.dead.queueName,
    model: preferred?.provider === 'bedrock' ? preferred.model : undefined,
  };
}
