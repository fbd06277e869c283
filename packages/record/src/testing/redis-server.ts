import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RedisServer {
  url: string;
  port: number;
  /** Where it keeps its files; removed by `stop`. */
  folder: string;
  /** As a machine that lost its power: nothing is said to anybody. */
  kill(): Promise<void>;
  /** Runs again, with the data and the port that it had. */
  restart(): Promise<void>;
  /** Stands still, with all its connections open. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export interface RedisOptions {
  /** Lines of redis.conf, which come after those of the log store's durability. `folder`: where it keeps its files. */
  config?: (folder: string) => string[];
  port?: number;
  sentinel?: boolean;
}

/** A real redis-server of the test's own, with the log store's durability settings. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const port = options.port ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-redis-'));
  const file = join(folder, 'redis.conf');
  const durable = ['appendonly yes', 'appendfsync always', 'save ""'];
  const config = [
    ...[`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`],
    ...(options.sentinel ? [] : durable),
    ...(options.config?.(folder) ?? []),
  ];
  await writeFile(file, config.join('\n'));
  const run = () => launch([file, ...(options.sentinel ? ['--sentinel'] : [])]);
  let server = await run();
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.ref();
    server.kill(signal);
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    kill: () => end('SIGKILL'),
    restart: async () => void (server = await run()),
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    stop: async () => {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server neither keeps a test that failed from ending, nor lives longer. */
async function launch(args: string[]): Promise<ChildProcess> {
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const onExit = () => server.kill('SIGKILL');
  process.once('exit', onExit);
  server.once('exit', () => process.off('exit', onExit));
  let words = '';
  for await (const line of createInterface(server.stdout)) {
    words += `${line}\n`;
    if (/Ready to accept connections|Sentinel ID is/.test(line)) {
      server.stdout.resume();
      (server.stdout as Socket).unref();
      server.unref();
      return server;
    }
  }
  throw new Error(`redis-server ended before it was ready: ${words}`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
