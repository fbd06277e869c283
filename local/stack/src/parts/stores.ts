import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../errors.ts';
import { address, type Endpoint, ports } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import { answersHttp, answersRedis } from '../supervise/probes.ts';
import { awsRegion, type Context } from './context.ts';

/** Redis three times, for three promises; S3; OpenSearch. All real. */
export function storeParts(context: Context): ProcessPart[] {
  return [
    redis(context, 'redis-bus', 'Redis bus (LiveKit)', ports.redisBus, ['--appendonly', 'no']),
    // "Acknowledged is never lost" is promised here and only here.
    redis(context, 'redis-log', 'Redis log (fsync always)', ports.redisLog, [
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ]),
    redis(context, 'redis-edge', 'Redis edge (RTPEngine)', ports.redisEdge, ['--appendonly', 'no']),
    versitygw(context),
    opensearch(context),
  ];
}

function redis(
  { environment }: Context,
  name: string,
  title: string,
  endpoint: Endpoint,
  persistence: readonly string[],
): ProcessPart {
  const folder = join(environment.folders.data, name);
  mkdirSync(folder, { recursive: true });
  return {
    kind: 'process',
    name,
    title,
    command: 'redis-server',
    args: [
      ...['--port', String(endpoint.port), '--bind', endpoint.host, '--protected-mode', 'no'],
      ...['--daemonize', 'no', '--save', '', '--dir', folder, ...persistence],
    ],
    endpoints: [endpoint],
    ready: answersRedis(endpoint),
    after: [],
  };
}

function versitygw({ environment, secrets }: Context): ProcessPart {
  const { data, cache } = environment.folders;
  const [objects, versions] = [join(data, 's3'), join(data, 's3-versions')];
  for (const folder of [objects, versions]) mkdirSync(folder, { recursive: true });
  return {
    kind: 'process',
    name: 's3',
    title: 'S3 (versitygw)',
    command: join(cache, 'bin/versitygw-v1.8.0'),
    args: [
      ...['--port', address(ports.s3), '--region', awsRegion, '--health', '/healthz'],
      ...['--event-webhook-url', `http://${address(ports.s3Events)}/events`],
      ...['posix', '--versioning-dir', versions, objects],
    ],
    env: { ROOT_ACCESS_KEY_ID: secrets.awsAccessKeyId, ROOT_SECRET_ACCESS_KEY: secrets.awsSecretAccessKey },
    endpoints: [ports.s3],
    ready: answersHttp(`http://${address(ports.s3)}/healthz`),
    // It posts a test event when it starts and ends if nobody takes it.
    after: ['s3-events'],
  };
}

function opensearch({ environment }: Context): ProcessPart {
  const { folders } = environment;
  const conf = join(folders.run, 'opensearch');
  mkdirSync(conf, { recursive: true });
  writeFileSync(join(conf, 'opensearch.yml'), opensearchYaml);
  writeFileSync(join(conf, 'log4j2.properties'), log4jProperties);
  const home = join(folders.cache, 'opensearch-2.19.1');
  const setup = join(folders.root, 'local/setup/opensearch');
  return {
    kind: 'process',
    name: 'opensearch',
    title: 'OpenSearch',
    command: 'java',
    args: [
      ...linesOf(join(setup, 'jvm.options')),
      // Made by set-up; a JVM that cannot use it starts without.
      ...['-Xshare:auto', `-XX:SharedArchiveFile=${join(home, 'classes.jsa')}`, '-Xlog:cds=off'],
      ...['-cp', linesOf(join(home, 'classpath')).join('')],
      'org.codelibs.opensearch.runner.OpenSearchRunner',
      ...['-basePath', join(folders.data, 'opensearch'), '-confPath', conf, '-numOfNode', '1'],
      // The runner numbers its nodes from one and adds the number.
      ...['-baseHttpPort', String(ports.opensearch.port - 1), '-clusterName', 'vestibule-local'],
      ...['-moduleTypes', linesOf(join(setup, 'modules.txt')).join(',')],
    ],
    cwd: folders.run,
    endpoints: [ports.opensearch, ports.opensearchTransport],
    ready: answersHttp(
      `http://${address(ports.opensearch)}/_cluster/health?wait_for_status=yellow&timeout=500ms`,
    ),
    stopWithin: 10_000,
    after: [],
  };
}

const opensearchYaml = `network.host: ${ports.opensearch.host}
discovery.type: single-node
transport.port: ${ports.opensearchTransport.port}
# A small laptop disk must not make the index read-only.
cluster.routing.allocation.disk.threshold_enabled: false
`;

const log4jProperties = `rootLogger.level = warn
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %p %c{1} %m%n
rootLogger.appenderRef.console.ref = console
`;

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch (cause) {
    throw new StackError('not-installed', `${file} is missing. Run: make setup`, { cause });
  }
}
