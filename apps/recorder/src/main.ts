import { createPrivateKey } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { type Config, loadConfig } from '@vestibule/config';
import { CodedError, describeError, jsonLogger, systemClock, watchLoad } from '@vestibule/core';
import { kmsCallKeys, OpenCalls, RedisLogStore, withPassword } from '@vestibule/record';
import { Recorder } from './calls/recorder.ts';
import { EdgeControl } from './edge/control-client.ts';
import { type Environment, pemNames, readEnvironment, readPem } from './environment.ts';
import { startHealth } from './health.ts';
import { RecorderMetrics } from './metrics.ts';

async function main(): Promise<void> {
  const env = readEnvironment();
  const config = await loadConfig(env.VESTIBULE_CONFIG);
  const { recording } = config;
  if (!recording) throw new CodedError('not-configured', 'recording: is missing');
  const recorder = env.VESTIBULE_RECORDER;
  const logger = jsonLogger('recorder', { level: env.VESTIBULE_LOG_LEVEL }).with({ recorder });
  const onRedisError = (error: unknown) => logger.warn('log store', describeError(error));
  const logUrl = withPassword(env.VESTIBULE_LOG_URL, env.VESTIBULE_LOG_PASSWORD);
  const [store, open, controls] = await Promise.all([
    RedisLogStore.connect(logUrl, onRedisError),
    OpenCalls.connect(logUrl, onRedisError),
    edgeControls(env, config),
  ]);
  const kms = new KMSClient({ region: config.region });
  const metrics = new RecorderMetrics(() => running.recordings);
  const running: Recorder = new Recorder({
    recorder,
    store,
    open,
    controls,
    keys: kmsCallKeys(kms, { keyId: config.record.dataKey, tenant: config.tenant }),
    listen: env.VESTIBULE_RECORDER_RTP,
    format: recording.format,
    metrics,
    capacity: env.VESTIBULE_RECORDER_CALLS,
    clock: systemClock,
    logger,
  });
  const [host = '127.0.0.1', port] = env.VESTIBULE_RECORDER_LISTEN.split(':');
  let draining = false;
  const status = () => ({ recordings: running.recordings, draining });
  const health = await startHealth({ host, port: Number(port) }, status, metrics);
  const ended = new AbortController();
  const capacity = env.VESTIBULE_RECORDER_CALLS;
  const load = watchLoad({
    held: () => running.recordings,
    load: () => Promise.resolve({ held: running.recordings, capacity, waiting: 0 }),
    clock: systemClock,
    logger,
    signal: ended.signal,
    agentUri: env.ECS_AGENT_URI,
  });
  const end = async (code: number) => {
    draining = true;
    await running.drain();
    ended.abort();
    health.close();
    for (const control of controls) control.close();
    open.close();
    await store.close();
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(0));
  // What state this process is in is not known: its calls go to another recorder.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error) => {
      logger.error('not caught', describeError(error));
      void end(1);
    });
  logger.info('ready', { calls: env.VESTIBULE_RECORDER_CALLS });
  await Promise.all([running.run(), load]);
}

/** Of each zone that has one. */
async function edgeControls(env: Environment, { edge, otherZones }: Config): Promise<EdgeControl[]> {
  const [cert, key, ca, grantKey] = await Promise.all(pemNames.map((name) => readPem(env, name)));
  return [edge, ...otherZones].flatMap(({ zone, private: { address }, control }) =>
    control === undefined
      ? []
      : new EdgeControl({
          url: `https://${address}:${control.port}`,
          zone,
          credentials: { cert: cert!, key: key!, ca: ca! },
          grantKey: createPrivateKey(grantKey!),
          clock: systemClock,
        }),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof CodedError ? error.message : `recorder: ${String((error as Error).stack)}`}\n`,
  );
  process.exit(1);
});
