import { randomUUID } from 'node:crypto';
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Config } from '@vestibule/config';
import { StackError } from '../errors.ts';
import { address, type Endpoint, isInZones, ports, sipB, sipRtp, tcp } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import { answersHttp, answersUdp } from '../supervise/probes.ts';
import { awsCredentials, type Context, nodeOf } from './context.ts';
import { livekitEnv } from './livekit.ts';

/** What stands in for something that one machine cannot have. Each says so in its title. */
export function standInParts(context: Context, config: EnrichConfig): ProcessPart[] {
  return [
    localAws(context),
    florizel(context),
    fhir(context),
    s3Events(context, config),
    ...sipParts(context),
  ];
}

type EnrichConfig = Pick<Config, 'archive' | 'enrich' | 'questionnaires'>;

function localAws(context: Context): ProcessPart {
  const { environment, secrets } = context;
  return {
    kind: 'process',
    name: 'aws',
    title: 'Transcribe, Bedrock, Polly, KMS, EventBridge',
    standsInFor: 'Amazon Transcribe, Bedrock, Polly, KMS and EventBridge',
    command: nodeOf(context),
    args: ['local/aws/src/main.ts'],
    cwd: environment.folders.root,
    env: {
      LOCAL_AWS_LISTEN: address(ports.aws),
      LOCAL_AWS_LATENCY: environment.awsLatency,
      LOCAL_AWS_ACCESS_KEY_ID: secrets.awsAccessKeyId,
      LOCAL_AWS_SECRET_ACCESS_KEY: secrets.awsSecretAccessKey,
      LOCAL_AWS_EVENTS_FILE: join(environment.folders.data, 'events.jsonl'),
      LOCAL_AWS_KMS_KEYS: join(environment.folders.state, 'kms-keys.json'),
      LOCAL_AWS_VOCABULARIES: join(environment.folders.root, 'examples/vocabularies'),
      XDG_CACHE_HOME: join(environment.folders.cache, '..'),
    },
    endpoints: [ports.aws],
    ready: answersHttp(`http://${address(ports.aws)}/healthz`),
    // It has recogniser processes of its own to end.
    onLauncherDeath: 'SIGTERM',
    after: [],
  };
}

function florizel(context: Context): ProcessPart {
  return {
    kind: 'process',
    name: 'florizel',
    title: 'Florizel (backend)',
    standsInFor: "the enterprise's own backend",
    command: nodeOf(context),
    args: ['local/florizel/src/main.ts'],
    cwd: context.environment.folders.root,
    env: {
      FLORIZEL_LISTEN: address(ports.florizel),
      FLORIZEL_TOKEN: context.secrets.backendToken,
      FLORIZEL_DATA: join(context.environment.folders.data, 'florizel'),
    },
    endpoints: [ports.florizel],
    ready: answersHttp(`http://${address(ports.florizel)}/healthz`),
    after: [],
  };
}

function fhir({ environment, secrets }: Context): ProcessPart {
  return {
    kind: 'process',
    name: 'fhir',
    title: 'FHIR server',
    standsInFor: "the enterprise's own FHIR server",
    command: nodeOf({ environment }),
    args: ['local/fhir/src/main.ts'],
    cwd: environment.folders.root,
    env: { LOCAL_FHIR_LISTEN: address(ports.fhir), LOCAL_FHIR_TOKEN: secrets.fhirToken },
    endpoints: [ports.fhir],
    ready: answersHttp(`http://${address(ports.fhir)}/healthz`),
    after: [],
  };
}

function s3Events(context: Context, { archive, enrich, questionnaires }: EnrichConfig): ProcessPart {
  const { secrets, environment } = context;
  return {
    kind: 'process',
    name: 's3-events',
    title: 'Enrichment on S3 events',
    standsInFor: 'AWS Lambda (the handler is the real one)',
    command: nodeOf(context),
    args: ['local/stack/src/s3-events/main.ts'],
    cwd: environment.folders.root,
    env: {
      S3_EVENTS_LISTEN: address(ports.s3Events),
      S3_EVENTS_HANDLER: join(environment.folders.root, 'apps/enrich/src/index.ts'),
      S3_EVENTS_SUFFIX: '/manifest.json',
      VESTIBULE_CONFIG: environment.config,
      VESTIBULE_BACKEND_URL: `http://${address(ports.florizel)}`,
      VESTIBULE_BACKEND_TOKEN: secrets.backendToken,
      OPENSEARCH_URL: `http://${address(ports.opensearch)}`,
      VESTIBULE_ARCHIVE_BUCKET: archive.bucket,
      VESTIBULE_QUESTIONNAIRES: questionnaires,
      ...(enrich.eventBus !== undefined && { VESTIBULE_EVENT_BUS: enrich.eventBus }),
      ...(enrich.fhir !== undefined && {
        VESTIBULE_FHIR_URL: enrich.fhir,
        VESTIBULE_FHIR_TOKEN: secrets.fhirToken,
      }),
      ...awsCredentials(context),
      AWS_ENDPOINT_URL_S3: `http://${address(ports.s3)}`,
      AWS_ENDPOINT_URL_KMS: `http://${address(ports.aws)}`,
      AWS_ENDPOINT_URL_EVENTBRIDGE: `http://${address(ports.aws)}`,
    },
    endpoints: [ports.s3Events],
    ready: answersHttp(`http://${address(ports.s3Events)}/healthz`),
    after: [],
    uses: ['opensearch', 'florizel', 'fhir', 'aws'],
  };
}

/** With NET=zones each zone has one. */
function sipParts(context: Context): ProcessPart[] {
  const { sip: choice } = context.environment;
  if (choice.kind === 'livekit') return [officialSip(context, choice.binary)];
  const first = sipBridge(context, 'sip', ports.sip);
  return isInZones ? [first, sipBridge(context, 'sip-b', sipB)] : [first];
}

/** A new transaction each time: to a repeated branch a server may give its last answer, or none (RFC 3261 §17.2.3). */
function optionsRequest(to: Endpoint): string {
  const token = randomUUID();
  return [
    `OPTIONS sip:ready@${address(to)} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${token};rport`,
    'Max-Forwards: 1',
    'From: <sip:stack@127.0.0.1>;tag=ready',
    `To: <sip:ready@${address(to)}>`,
    `Call-ID: ${token}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}

const answersOptions = (at: Endpoint) =>
  answersUdp(
    at,
    () => optionsRequest(at),
    (answer) => answer.startsWith('SIP/2.0 '),
  );

function sipBridge(context: Context, name: string, listen: Endpoint): ProcessPart {
  return {
    kind: 'process',
    name,
    title: 'SIP bridge',
    standsInFor: 'the official LiveKit SIP service (SIP=livekit uses that)',
    command: nodeOf(context),
    args: ['local/sip-bridge/src/main.ts'],
    cwd: context.environment.folders.root,
    env: {
      ...livekitEnv(context),
      SIP_BRIDGE_REDIS: `redis://${address(ports.redisBus)}`,
      SIP_BRIDGE_LISTEN: address(listen),
      SIP_BRIDGE_RTP_PORTS: `${sipRtp.from}-${sipRtp.to}`,
    },
    endpoints: [listen],
    ready: answersOptions(listen),
    after: ['livekit'],
  };
}

const sipHealthPort = 5181;

/** The official service, configured as the recordings of its behaviour were made. */
function officialSip({ environment, secrets }: Context, binary: string): ProcessPart {
  assertProgram(binary);
  const file = join(environment.folders.run, 'livekit-sip.yaml');
  const config = {
    api_key: secrets.livekitKey,
    api_secret: secrets.livekitSecret,
    ws_url: `ws://${address(ports.livekit)}`,
    redis: { address: address(ports.redisBus) },
    sip_port: ports.sip.port,
    listen_ip: ports.sip.host,
    // Without this it skips loopback addresses.
    nat_1_to_1_ip: ports.sip.host,
    local_net: `${ports.sip.host}/32`,
    rtp_port: `${sipRtp.from}-${sipRtp.to}`,
    health_port: sipHealthPort,
    // Rooms and SIP participants are named after the caller's number, and every line from `info` up to `warn` has them.
    logging: { level: 'error', json: true },
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return {
    kind: 'process',
    name: 'sip',
    title: 'LiveKit SIP (official)',
    command: binary,
    args: ['--config', file],
    endpoints: [ports.sip, tcp(ports.sip.host, sipHealthPort)],
    ready: answersOptions(ports.sip),
    after: ['livekit'],
  };
}

/** @throws StackError `usage` when LIVEKIT_SIP_BIN is no file that can be run. */
function assertProgram(file: string): void {
  try {
    accessSync(file, constants.X_OK);
    if (statSync(file).isFile()) return;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw notRunnable(file, missing ? 'does not exist' : 'is not executable', cause);
  }
  throw notRunnable(file, 'is not a file');
}

function notRunnable(file: string, what: string, cause?: unknown): StackError {
  return new StackError('usage', `LIVEKIT_SIP_BIN=${file} ${what}. Give the path of a livekit-sip binary`, {
    cause,
  });
}
