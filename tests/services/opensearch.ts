import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, isFree, type Service, startService, stopService } from './child.ts';

const setup = fileURLToPath(new URL('../../local/setup/opensearch/', import.meta.url));
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vestibule');
const home = join(cache, 'opensearch-2.19.1');
const lines = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

/** A real OpenSearch on free ports, with the modules and the JVM that the local stack uses, over a folder that goes with it. */
export async function startOpenSearch(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-opensearch-'));
  const [port, transport] = [await freeRunnerPort(), await freePort()];
  const conf = join(folder, 'conf');
  mkdirSync(conf);
  writeFileSync(
    join(conf, 'opensearch.yml'),
    `network.host: 127.0.0.1\ndiscovery.type: single-node\ntransport.port: ${transport}\ncluster.routing.allocation.disk.threshold_enabled: false\n`,
  );
  writeFileSync(join(conf, 'log4j2.properties'), 'rootLogger.level = off\n');
  const args = [
    ...lines(join(setup, 'jvm.options')),
    ...['-Xshare:auto', `-XX:SharedArchiveFile=${join(home, 'classes.jsa')}`, '-Xlog:cds=off'],
    ...['-cp', lines(join(home, 'classpath')).join('')],
    'org.codelibs.opensearch.runner.OpenSearchRunner',
    ...['-basePath', join(folder, 'base'), '-confPath', conf, '-numOfNode', '1', '-clusterName', 'tests'],
    // The runner adds its node's number, one.
    ...['-baseHttpPort', String(port - 1)],
    ...['-moduleTypes', lines(join(setup, 'modules.txt')).join(',')],
  ];
  const url = `http://127.0.0.1:${port}`;
  const child = await startService(
    'java',
    args,
    {},
    `${url}/_cluster/health?wait_for_status=yellow&timeout=1s`,
  );
  return {
    url,
    stop: async () => {
      await stopService(child);
      rmSync(folder, { recursive: true });
    },
  };
}

/** The runner takes no HTTP port above 9299; the local stack's own is 9290. */
async function freeRunnerPort(): Promise<number> {
  for (let port = 9210; port < 9270; port += 1) if (await isFree(port)) return port;
  throw new Error('no free port from 9210 to 9269 for OpenSearch');
}
