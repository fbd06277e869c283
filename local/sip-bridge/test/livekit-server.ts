import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@vestibule/core';

/** A real LiveKit Server with its Redis, on free ports of the loopback. */
export interface TestLiveKit {
  url: string;
  apiKey: string;
  apiSecret: string;
  /** URL of its Redis. */
  redis: string;
  /** Ends the server as kill -9 does, or starts it again on the same ports. */
  kill: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

const apiKey = 'test-key';
const apiSecret = 'a-secret-of-the-tests-only-32-characters';

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new CodedError('no-port', 'no free port');
  return address.port;
}

function binary(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const path = join(cache, 'vestibule', 'bin', 'livekit-server-v1.13.5');
  if (!existsSync(path)) throw new CodedError('no-livekit-server', `${path} is missing: run make test`);
  return path;
}

function start(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: process.env['TEST_LOG'] ? 'inherit' : 'ignore' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // not up yet
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new CodedError('no-livekit-server', 'LiveKit Server did not come up in 10 s');
}

/** A Redis without persistence. */
export function startRedis(port: number, directory: string): ChildProcess {
  const files = ['--save', '', '--dir', directory];
  return start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...files]);
}

/** @param webhookUrl gets the server's webhooks. */
export async function startLiveKit(webhookUrl?: string): Promise<TestLiveKit> {
  const directory = await mkdtemp(join(tmpdir(), 'vestibule-livekit-'));
  const [http, udp, redisPort] = [await freePort(), await freePort(), await freePort()];
  const config = {
    port: http,
    bind_addresses: ['127.0.0.1'],
    logging: { level: 'warn' },
    rtc: {
      udp_port: udp,
      tcp_port: 0,
      node_ip: '127.0.0.1',
      use_external_ip: false,
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
      ips: { includes: ['127.0.0.1/32'] },
      // An empty list would hand out public ones; nothing listens here.
      stun_servers: ['127.0.0.1:3478'],
    },
    redis: { address: `127.0.0.1:${redisPort}` },
    keys: { [apiKey]: apiSecret },
    ...(webhookUrl === undefined ? {} : { webhook: { api_key: apiKey, urls: [webhookUrl] } }),
  };
  const file = join(directory, 'livekit.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config));
  const redis = startRedis(redisPort, directory);
  const url = `http://127.0.0.1:${http}`;
  let server = start(binary(), ['--config', file]);
  await answers(url);
  return {
    url: url.replace('http', 'ws'),
    apiKey,
    apiSecret,
    redis: `redis://127.0.0.1:${redisPort}`,
    kill: () => ended(server, 'SIGKILL'),
    restart: async () => {
      server = start(binary(), ['--config', file]);
      await answers(url);
    },
    stop: async () => {
      await Promise.all([ended(server, 'SIGKILL'), ended(redis, 'SIGKILL')]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
