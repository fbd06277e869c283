import { apiKeysOf } from '@vestibule/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as discovery from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { addLiveKit, serverUrl } from './livekit/livekit.ts';
import { searchRole } from '../state/search-policy.ts';
import { agentStatements, bundleStatements, mcpStatements, recorderStatements } from './permissions.ts';
import { appService, scaleByLoad } from './service.ts';
import type { BundleSource, ImageOf, Stores } from './stores.ts';
import { liveKitKey } from './livekit/settings.ts';
import { type AppTask, appTask, type SecretField } from './task.ts';

export interface ComputeInputs {
  network: NetworkStack;
  keys: KeysStack;
  stores: Stores;
  imageOf: ImageOf;
  bundle: BundleSource;
}

type App = 'agent' | 'mcp' | 'recorder';

/** Secrets that the apps share, or that an operator puts in after the first deployment (docs/operations). */
interface Secrets {
  liveKit: secretsmanager.Secret;
  mcp: secretsmanager.Secret;
  caller: secretsmanager.Secret;
  backend: secretsmanager.Secret;
  /** Fields certificate, key, authorities, grants: PEM texts. */
  recorder: secretsmanager.Secret;
}

/** Percent of capacity at which more tasks are started: the rest takes the calls that come while they start. */
const targetLoad = 60;

/** The app tier: agents, MCP server and recorders on Fargate, LiveKit Server and LiveKit SIP on EC2. */
export class ComputeStack extends Stack {
  readonly cluster: ecs.CfnCluster;
  readonly logs: Record<App, logs.LogGroup>;
  readonly #deployment: Deployment;
  readonly #inputs: ComputeInputs;
  readonly #secrets: Secrets;

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    inputs: ComputeInputs,
    props: StackProps,
  ) {
    super(scope, id, props);
    this.#deployment = deployment;
    this.#inputs = inputs;
    this.#secrets = this.#createSecrets();
    this.cluster = new ecs.CfnCluster(this, 'Cluster', {
      clusterName: 'vestibule',
      clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
    });
    const namespace = new discovery.CfnPrivateDnsNamespace(this, 'Names', {
      name: 'apps.vestibule.internal',
      vpc: inputs.network.vpcId,
    });
    this.logs = Object.fromEntries(
      (['agent', 'mcp', 'recorder'] as const)
        .filter((app) => app !== 'recorder' || deployment.config.recording !== undefined)
        .map((app) => [app, this.#addApp(app, namespace)]),
    ) as Record<App, logs.LogGroup>;
    addLiveKit(this, deployment, {
      ...inputs,
      cluster: this.cluster,
      liveKitSecret: this.#secrets.liveKit,
      webhook: `http://agent.${namespace.name}:4600/livekit/webhook`,
    });
  }

  #addApp(app: App, namespace: discovery.CfnPrivateDnsNamespace): logs.LogGroup {
    const { network, keys, bundle, imageOf } = this.#inputs;
    const { zones, settings } = this.#deployment;
    const own = { agent: () => this.#agent(), mcp: () => this.#mcp(), recorder: () => this.#recorder() }[
      app
    ]();
    const statements = [...own.statements, ...bundleStatements(this, bundle, keys)];
    const { definition, log } = appTask(this, {
      ...{ name: app, image: imageOf(app), logsKey: keys.logs, bundle },
      ...{ ...own, statements },
    });
    const tasks = { agent: settings.agents, mcp: { least: 2, most: 10 }, recorder: settings.recorders }[app];
    const shared = { name: app, cluster: this.cluster, definition, network, zones, namespace, tasks };
    const service = appService(this, shared);
    if (app !== 'mcp') scaleByLoad(this, shared, service, targetLoad);
    return log;
  }

  #agent() {
    const { stores, keys } = this.#inputs;
    const { config } = this.#deployment;
    const { liveKit, mcp, caller } = this.#secrets;
    return {
      ...{ cpu: 1024, memory: 3072, port: 4600, health: '/healthz' },
      environment: {
        LIVEKIT_API_KEY: liveKitKey,
        LIVEKIT_URL: serverUrl,
        VESTIBULE_LOG_URL: stores.callLog.agent.url,
        VESTIBULE_MCP_URL: 'http://mcp.apps.vestibule.internal:4590/mcp',
        VESTIBULE_AGENT_LISTEN: '0.0.0.0:4600',
        VESTIBULE_DRAIN_SECONDS: '90',
      },
      secrets: {
        ...liveKitSecrets(liveKit),
        VESTIBULE_LOG_PASSWORD: { secret: stores.callLog.agent.password, field: 'password' },
        VESTIBULE_MCP_SECRET: { secret: mcp },
        VESTIBULE_CALLER_SECRET: { secret: caller },
        ...this.#modelSecrets(),
        ...this.#transferSecret(),
      },
      statements: agentStatements(this, config, keys),
    } satisfies Partial<AppTask>;
  }

  #mcp() {
    const { stores } = this.#inputs;
    const { mcp, backend } = this.#secrets;
    return {
      ...{ cpu: 512, memory: 1024, port: 4590, health: '/livez' },
      environment: {
        VESTIBULE_MCP_LISTEN: '0.0.0.0:4590',
        VESTIBULE_BACKEND_URL: this.#deployment.settings.backend.url,
        OPENSEARCH_URL: stores.openSearch.url,
      },
      secrets: { VESTIBULE_MCP_SECRET: { secret: mcp }, VESTIBULE_BACKEND_TOKEN: { secret: backend } },
      roleName: searchRole('mcp', this.region),
      statements: mcpStatements(this, this.#deployment.config),
    } satisfies Partial<AppTask>;
  }

  #recorder() {
    const { stores, keys } = this.#inputs;
    const { recorder } = this.#secrets;
    const file = (field: string) => ({ secret: recorder, field });
    return {
      ...{ cpu: 1024, memory: 2048, port: 4620, health: '/healthz' },
      environment: {
        VESTIBULE_LOG_URL: stores.callLog.recorder.url,
        VESTIBULE_RECORDER_LISTEN: '0.0.0.0:4620',
        VESTIBULE_RECORDER_RTP: 'own:42000-42399',
      },
      secrets: {
        VESTIBULE_LOG_PASSWORD: { secret: stores.callLog.recorder.password, field: 'password' },
        VESTIBULE_RECORDER_CERTIFICATE_PEM: file('certificate'),
        VESTIBULE_RECORDER_KEY_PEM: file('key'),
        VESTIBULE_RECORDER_AUTHORITIES_PEM: file('authorities'),
        VESTIBULE_GRANT_KEY_PEM: file('grants'),
      },
      statements: recorderStatements(this.#deployment.config, keys),
    } satisfies Partial<AppTask>;
  }

  /** A key for each configured provider that has one. An operator puts it in. */
  #modelSecrets(): Record<string, SecretField> {
    return Object.fromEntries(
      apiKeysOf(this.#deployment.config.agent).map(({ provider, variable }) => [
        variable,
        { secret: this.#secret(`Model-${provider}`, `API key of ${provider}; put in by an operator`) },
      ]),
    );
  }

  /** What agents sign the grants of calls to staff and call-backs with: 64 hexadecimal digits, to be put into the edge's `edge.env` as well. */
  #transferSecret(): Record<string, SecretField> {
    const { callBacks, staff } = this.#deployment.config;
    if (staff === undefined && callBacks === undefined) return {};
    const secret = this.#secret('Transfer', 'signs the grants of calls to staff and call-backs', {
      ...{ passwordLength: 64, excludeUppercase: true, excludeCharacters: 'ghijklmnopqrstuvwxyz' },
    });
    return { VESTIBULE_TRANSFER_KEY: { secret } };
  }

  #createSecrets(): Secrets {
    return {
      liveKit: this.#secret('LiveKit', 'the key of LiveKit', {
        secretStringTemplate: '{}',
        generateStringKey: 'secret',
      }),
      mcp: this.#secret('Mcp', 'signs the tokens that agents have for tools'),
      caller: this.#secret('Caller', 'hashes the numbers of callers who were cut off'),
      backend: this.#secret('Backend', 'token of the backend; put in by an operator'),
      recorder: this.#secret(
        'Recorder',
        'certificate, key, authorities, grants (PEM); put in by an operator',
        {
          secretStringTemplate: JSON.stringify({ certificate: '', key: '', authorities: '' }),
          generateStringKey: 'grants',
        },
      ),
    };
  }

  #secret(id: string, what: string, generate: Partial<secretsmanager.SecretStringGenerator> = {}) {
    return new secretsmanager.Secret(this, `Secret-${id}`, {
      description: `vestibule: ${what}`,
      encryptionKey: this.#inputs.keys.data,
      generateSecretString: { passwordLength: 48, excludePunctuation: true, ...generate },
    });
  }
}

const liveKitSecrets = (secret: secretsmanager.Secret): Record<string, SecretField> => ({
  LIVEKIT_API_SECRET: { secret, field: 'secret' },
});
