import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KMSClient } from '@aws-sdk/client-kms';
import { loadConfig } from '@vestibule/config';
import { jsonLogger, newId, systemClock } from '@vestibule/core';
import { startLocalAws } from '@vestibule/local-aws';
import {
  audioLogId,
  CallLog,
  type CallKeys,
  kmsCallKeys,
  OpenCalls,
  openCallsKey,
  RedisLogStore,
  StoreConnection,
} from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import { startControl } from '../../edge/control/start.ts';
import { testAuthority } from '../../edge/test/certificates.ts';
import { ask, granting } from '../../edge/test/control-client.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses } from '../../edge/test/edge-host.ts';
import { SipPeer } from '../../edge/test/sip-peer.ts';
import { type TwoPartyCall, twoPartyCall } from '../../edge/test/two-party-call.ts';

/** A call with its log, as an agent worker keeps it. */
export interface LoggedCall {
  call: TwoPartyCall;
  log: CallLog;
  callId: string;
  /** Milliseconds since the log's first entry. */
  now(): number;
}

/** The real edge with edge/control, a log store, a stand-in for KMS, and recorders as processes. */
export interface RecordedEdge {
  edge: EdgeHost;
  store: RedisLogStore;
  keys: CallKeys;
  takeCall(): Promise<LoggedCall>;
  /** It is sealed, as far as the recorders can see. */
  sealed(callId: string): Promise<void>;
  /** Copies that the edge makes of a call, by its names of them. */
  copies(call: LoggedCall): Promise<string[]>;
  /** The recorder that has a call now. */
  recorderOf(callId: string): Promise<string | undefined>;
  startRecorder(name: string): Promise<ChildProcess>;
  /** What Prometheus gets of the recorder that was started first. */
  metrics(): Promise<string>;
  stopControl(): Promise<void>;
  startControl(): Promise<void>;
  stop(): Promise<void>;
}

const addresses = testAddresses();
const consumer = addresses.livekit[1];
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a-secret-of-the-test' };
const leaseMs = 600_000;
const metricsPort = 24_300;
const unheard = () => {
  throw new Error('nobody is heard here');
};

export async function startRecordedEdge(format: 'opus' | 'wav'): Promise<RecordedEdge> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-recorded-'));
  const authority = await testAuthority();
  const server = await authority.issue('edge', 'serverAuth', addresses.edgePrivate);
  const client = await authority.issue('recorder', 'clientAuth');
  const grantKey = join(folder, 'grant.key');
  await writeFile(grantKey, authority.grants.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const file = join(folder, 'vestibule.yaml');
  const files = `certificate: ${server.certFile}, key: ${server.keyFile}, authorities: ${authority.caFile}`;
  await writeFile(file, deployment(`${files}, grants: ${authority.grants.publicKeyFile}`, format));
  const config = await loadConfig(file);
  const quiet = jsonLogger('test', { write: () => undefined });
  const [redis, aws] = await Promise.all([
    // What is tested here is not its durability, and a disk that stands still for a second would end all calls.
    startRedis({ config: () => ['appendfsync no'] }),
    startLocalAws(
      { listen: { host: '127.0.0.1', port: 0 }, latency: 'zero', seed: 1, credentials, vocabularies: 'none' },
      { log: quiet, recognise: unheard },
    ),
  ]);
  const endpoint = `http://127.0.0.1:${aws.port}`;
  const kms = new KMSClient({ region: config.region, endpoint, credentials });
  const keys = kmsCallKeys(kms, { keyId: config.record.dataKey, tenant: config.tenant });
  const [store, connection, open] = await Promise.all([
    RedisLogStore.connect(redis.url, () => {}),
    StoreConnection.open(redis.url, () => {}),
    OpenCalls.connect(redis.url, () => {}),
  ]);
  const edge = await startEdge(config, { probe: 3600 });
  const openControl = () => startControl({ config, paths: edge.paths, clock: systemClock, logger: quiet });
  let control = await openControl();
  const carrier = await SipPeer.open(addresses.carrier);
  const livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
  const children: ChildProcess[] = [];
  const grant = granting(authority.grants.privateKey, config.edge.zone);
  const environment = {
    ...{ VESTIBULE_CONFIG: file, VESTIBULE_LOG_URL: redis.url, VESTIBULE_GRANT_KEY: grantKey },
    VESTIBULE_RECORDER_RTP: `${consumer}:24000-24200`,
    VESTIBULE_RECORDER_CERTIFICATE: client.certFile,
    VESTIBULE_RECORDER_KEY: client.keyFile,
    VESTIBULE_RECORDER_AUTHORITIES: authority.caFile,
    AWS_ENDPOINT_URL_KMS: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  return {
    ...{ edge, store, keys },
    takeCall: async () => {
      const call = await twoPartyCall(addresses, carrier, livekit);
      const callId = newId('call');
      const log = await CallLog.open(store, (await store.claim(callId, 'w', leaseMs))!, keys);
      await log.append('call', {
        ...{ tenant: config.tenant, room: 'call-1', dialled: '+15550100100' },
        edge: {
          ...{ decision: newId('decision'), zone: config.edge.zone, sipCallId: call.call.callId },
          ...{ attestation: 'A', verified: true },
        },
        questionnaire: { id: 'q', url: 'urn:q', version: '1' },
        models: { stt: 's', llm: 'l', tts: 't' },
      });
      await connection.send(openCallsKey, ['HSET', openCallsKey, callId, 'call-1']);
      const beganAt = Date.parse(log.entries[0]!.header.at);
      return { call, log, callId, now: () => Date.now() - beganAt };
    },
    sealed: async (callId) => {
      await connection.send(openCallsKey, ['HDEL', openCallsKey, callId]);
    },
    copies: async ({ call }) => {
      const sipCallId = call.call.callId;
      const { cert, key } = client;
      const options = { grant: grant('query', sipCallId) };
      const at = { url: control.url, ca: authority.ca, cert, key };
      const { body } = await ask(at, 'GET', `/calls/${sipCallId}`, options);
      return ((body as { subscriptions?: { id: string }[] }).subscriptions ?? []).map(({ id }) => id);
    },
    recorderOf: (callId) => store.holder(audioLogId(callId)),
    startRecorder: async (name) => {
      const listen = `${consumer}:${children.length === 0 ? metricsPort : 0}`;
      const child = recorderProcess({
        ...environment,
        VESTIBULE_RECORDER: name,
        VESTIBULE_RECORDER_LISTEN: listen,
      });
      children.push(child);
      await ready(child);
      return child;
    },
    metrics: async () => (await fetch(`http://${consumer}:${metricsPort}/metrics`)).text(),
    stopControl: () => control.stop(),
    startControl: async () => {
      control = await openControl();
    },
    stop: async () => {
      for (const child of children) child.kill('SIGKILL');
      carrier.close();
      livekit.close();
      await control.stop();
      await edge.stop();
      open.close();
      connection.destroy();
      await store.close();
      kms.destroy();
      await Promise.all([aws.close(), redis.stop(), authority.remove(), rm(folder, { recursive: true })]);
    },
  };
}

function recorderProcess(environment: Record<string, string>): ChildProcess {
  const main = fileURLToPath(new URL('../../apps/recorder/src/main.ts', import.meta.url));
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  return spawn(process.execPath, [main], { env: { ...process.env, ...environment }, stdio: [...stdio] });
}

/** @throws Error with what it said when it ends instead. */
async function ready(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let words = '';
  child.stderr!.on('data', (data: Buffer) => {
    words += data.toString();
    if (words.includes('"ready"')) resolve();
  });
  void once(child, 'exit').then(() => reject(new Error(`the recorder ended: ${words}`)));
  await promise;
}

const deployment = (control: string, format: string) => `
version: 1
tenant: test
region: us-east-1
organisation: { name: Test, person: nobody }
carriers:
  - { name: twilio, kind: twilio, signalling: [${addresses.carrier}/32], media: [${addresses.carrier}/32] }
edge:
  zone: test-a
  public: { address: ${addresses.edgePublic}, sip: 5060, rtp: 21000-21200 }
  private: { address: ${addresses.edgePrivate}, sip: 5060, store: 'redis://${addresses.edgePrivate}:6392' }
  livekitSip: ['${addresses.livekit[0]}:${livekitPort}']
  control: { ${control}, consumers: [${consumer}/32] }
recording: { format: ${format} }
rates: { perCaller: 100/s }
numbers: [{ number: '+15550100100', questionnaire: x }]
questionnaires: .
agent: { models: { stt: 'transcribe:en-US', llm: 'bedrock:x', tts: 'polly:Joanna' } }
tools: { backend: test }
archive: { bucket: test }
`;
