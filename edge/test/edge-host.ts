import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseConfig, type Config } from '@vestibule/config';
import { formatFaults } from '@vestibule/core';
import {
  edgeCommands,
  type EdgePaths,
  type EdgeTimers,
  isKamailioUp,
  isRtpengineUp,
  writeEdge,
} from '@vestibule/edge-config';
import { endDaemon, startDaemon } from './daemon.ts';
import type { Certificate } from './tls-certificates.ts';
import { until } from './until.ts';

/** Addresses of one test run: a /24 of loopback of its own, so that runs side by side do not meet. */
export interface Addresses {
  edgePublic: string;
  edgePrivate: string;
  carrier: string;
  /** A second carrier's, where the deployment has one. */
  otherCarrier: string;
  stranger: string;
  livekit: readonly [string, string];
}

export function testAddresses(pid = process.pid): Addresses {
  const net = `127.${64 + ((pid >> 8) % 128)}.${pid % 256}`;
  return {
    edgePublic: `${net}.10`,
    edgePrivate: `${net}.11`,
    carrier: `${net}.20`,
    otherCarrier: `${net}.30`,
    stranger: `${net}.66`,
    livekit: [`${net}.1`, `${net}.2`],
  };
}

export const sipPort = 5060;
export const livekitPort = 5180;

/** YAML (flow) of a deployment's two keys that TLS needs. */
export interface TestTls {
  /** Of `edge.public.tls`. */
  tls: string;
  /** Of `edge.private`, in place of a store in the clear. */
  store?: string;
  /** Items of `carriers`, in the place of the one that may come by anything. */
  carriers: readonly string[];
}

/** A deployment on those addresses; `extra` is YAML that replaces the callers and rates. */
export function testConfig(addresses: Addresses, extra = '', secure: Partial<TestTls> = {}): Config {
  const { edgePublic, edgePrivate, carrier, livekit } = addresses;
  const carriers = secure.carriers ?? [
    `{ name: twilio, kind: twilio, signalling: [${carrier}/32], media: [${carrier}/32] }`,
  ];
  const text = `
version: 1
tenant: test
region: us-east-1
organisation: { name: Test, person: nobody }
carriers:
  - ${carriers.join('\n  - ')}
edge:
  zone: test-a
  public: { address: ${edgePublic}, sip: ${sipPort}, rtp: 21000-21200${secure.tls === undefined ? '' : `, tls: ${secure.tls}`} }
  private: { address: ${edgePrivate}, sip: ${sipPort}, ${secure.store ?? `store: redis://${edgePrivate}:6392`} }
  livekitSip: [${livekit.map((host) => `${host}:${livekitPort}`).join(', ')}]
numbers:
  - { number: "+15550100100", questionnaire: x }
  - { number: "+15550100101", questionnaire: x, attestation: refuse }
${extra}
questionnaires: .
agent: { models: { stt: "transcribe:en-US", llm: "bedrock:x", tts: "polly:Joanna" } }
tools: { backend: test }
archive: { bucket: test }
`;
  const { config, faults } = parseConfig(text, 'test.yaml');
  if (config === undefined) throw new Error(formatFaults('test.yaml', faults));
  return config;
}

/** A running edge host: Debian's Kamailio and RTPEngine on rendered files. */
export interface EdgeHost {
  config: Config;
  paths: EdgePaths;
  /** What Kamailio wrote so far: decisions, errors. */
  log(): Promise<string>;
  /** kill -9 and start again. */
  restartKamailio(): Promise<void>;
  /** kill -9 and start again: it takes its calls from the store. */
  restartRtpengine(): Promise<void>;
  stopRtpengine(): Promise<void>;
  stop(): Promise<void>;
}

/** A store that takes TLS alone, and whoever has the password. */
export interface SecureStore extends Certificate {
  password: string;
}

/** `env`: of Kamailio. */
export async function startEdge(
  config: Config,
  timers: Partial<EdgeTimers> = {},
  env: Readonly<Record<string, string>> = {},
  secureStore?: SecureStore,
): Promise<EdgeHost> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-edge-'));
  const paths = { files: folder, run: join(folder, 'run') };
  await writeEdge(config, { paths, timers });
  const commands = edgeCommands(config, paths);
  const store = await startStore(config, folder, secureStore);
  const secrets = { RTPENGINE_REDIS_AUTH_PW: secureStore?.password, REDISCLI_AUTH: secureStore?.password };
  const tunnel = commands.tunnel && (await startDaemon(commands.tunnel, join(folder, 'stunnel.log')));
  const startRtpengine = async () => {
    const [shell, ...guard] = commands.beforeRtpengine;
    await promisify(execFile)(shell, guard, { env: { ...process.env, ...secrets } });
    const child = await startDaemon(commands.rtpengine, join(folder, 'rtpengine.log'), secrets);
    await until('RTPEngine answers', () => isRtpengineUp(config));
    return child;
  };
  let rtpengine = await startRtpengine();
  const startKamailio = async () => {
    const child = await startDaemon(commands.kamailio, join(folder, 'kamailio.log'), env);
    await until('Kamailio answers', () => isKamailioUp(paths));
    return child;
  };
  let kamailio = await startKamailio();
  return {
    config,
    paths,
    log: () => readFile(join(folder, 'kamailio.log'), 'utf8'),
    restartKamailio: async () => {
      await endDaemon(kamailio, 'SIGKILL');
      kamailio = await startKamailio();
    },
    restartRtpengine: async () => {
      await endDaemon(rtpengine, 'SIGKILL');
      rtpengine = await startRtpengine();
    },
    stopRtpengine: () => endDaemon(rtpengine, 'SIGKILL'),
    stop: async () => {
      await Promise.all([endDaemon(kamailio, 'SIGTERM'), endDaemon(rtpengine, 'SIGTERM')]);
      if (tunnel) await endDaemon(tunnel);
      await endDaemon(store, 'SIGTERM');
      await rm(folder, { recursive: true });
    },
  };
}

/** The edge's Redis, in memory only. */
async function startStore({ edge }: Config, folder: string, secure?: SecureStore): Promise<ChildProcess> {
  const { hostname, port } = new URL(edge.private.store);
  const options = ['--bind', hostname, '--save', '', '--dir', folder, ...portOptions(port, secure)];
  const child = await startDaemon(['/usr/bin/redis-server', ...options], join(folder, 'redis.log'));
  await until('the store listens', () => listens(hostname, Number(port)));
  return child;
}

const portOptions = (port: string, secure?: SecureStore): string[] =>
  secure === undefined
    ? ['--port', port]
    : [
        ...['--port', '0', '--tls-port', port, '--tls-auth-clients', 'no', '--requirepass', secure.password],
        ...['--tls-cert-file', secure.certificate, '--tls-key-file', secure.key],
      ];

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
