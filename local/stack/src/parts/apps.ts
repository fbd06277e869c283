import { readFileSync } from 'node:fs';
import { apiKeysOf, type Config, parseConfig } from '@vestibule/config';
import { address, ports, tcp } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import { answersHttp } from '../supervise/probes.ts';
import type { Environment } from '../environment.ts';
import { awsCredentials, type Context, nodeOf } from './context.ts';
import { livekitEnv } from './livekit.ts';

/** The production apps, run as in production: only their environment is local. */
export function appParts(context: Context, config: Pick<Config, 'recording'>): ProcessPart[] {
  const { agents } = context.environment;
  // A call that ends with the stack gets its recording still.
  const uses = config.recording ? ['recorder'] : [];
  return [mcp(context), ...Array.from({ length: agents }, (_, index) => agent(context, index, uses))];
}

function mcp(context: Context): ProcessPart {
  const { environment, secrets } = context;
  return {
    kind: 'process',
    name: 'mcp',
    title: 'MCP server',
    command: nodeOf(context),
    args: ['apps/mcp/src/main.ts'],
    cwd: environment.folders.root,
    env: {
      VESTIBULE_CONFIG: environment.config,
      VESTIBULE_MCP_LISTEN: address(ports.mcp),
      VESTIBULE_MCP_SECRET: secrets.mcpSecret,
      VESTIBULE_BACKEND_URL: `http://${address(ports.florizel)}`,
      VESTIBULE_BACKEND_TOKEN: secrets.backendToken,
      OPENSEARCH_URL: `http://${address(ports.opensearch)}`,
    },
    endpoints: [ports.mcp],
    ready: answersHttp(`http://${address(ports.mcp)}/healthz`),
    after: ['florizel'],
    uses: ['opensearch'],
  };
}

function agent(context: Context, index: number, alsoUses: readonly string[]): ProcessPart {
  const { environment, secrets } = context;
  const listen = tcp(ports.agent.host, ports.agent.port + index);
  const aws = `http://${address(ports.aws)}`;
  return {
    kind: 'process',
    name: `agent-${index + 1}`,
    title: `Agent worker ${index + 1}`,
    command: nodeOf(context),
    args: ['apps/agent/src/main.ts'],
    cwd: environment.folders.root,
    env: {
      ...livekitEnv(context),
      ...awsCredentials(context),
      ...modelKeys(environment),
      VESTIBULE_CONFIG: environment.config,
      VESTIBULE_LOG_URL: `redis://${address(ports.redisLog)}`,
      VESTIBULE_MCP_URL: `http://${address(ports.mcp)}/mcp`,
      VESTIBULE_MCP_SECRET: secrets.mcpSecret,
      VESTIBULE_CALLER_SECRET: secrets.callerSecret,
      VESTIBULE_TRANSFER_KEY: secrets.transferKey,
      VESTIBULE_AGENT_LISTEN: address(listen),
      VESTIBULE_DRAIN_SECONDS: '5',
      AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING: aws,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: aws,
      AWS_ENDPOINT_URL_POLLY: aws,
      AWS_ENDPOINT_URL_KMS: aws,
      AWS_ENDPOINT_URL_S3: `http://${address(ports.s3)}`,
    },
    endpoints: [listen],
    ready: answersHttp(`http://${address(listen)}/healthz`),
    // Calls that are on are handed over before it ends.
    stopWithin: 30_000,
    // In production it starts on a machine of its own; here it would take the processor from whoever takes its calls over.
    restartAfter: 4000,
    onLauncherDeath: 'SIGTERM',
    after: ['redis-log', 'livekit', 'aws'],
    // A call that is on when the stack stops is still spoken to its end and sealed.
    uses: ['s3', 'mcp', 'kamailio', 'sip', 's3-events', 'opensearch', ...alsoUses],
  };
}

/** Only the keys of the providers that vestibule.yaml names, so that no other of the caller's reaches a worker. */
function modelKeys({ config: file, apiKeys }: Environment): Record<string, string> {
  const { config } = parseConfig(readFileSync(file, 'utf8'), file);
  const variables = config ? apiKeysOf(config.agent).map(({ variable }) => variable) : [];
  return Object.fromEntries(Object.entries(apiKeys).filter(([name]) => variables.includes(name)));
}
