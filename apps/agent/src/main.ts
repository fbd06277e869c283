import { KMSClient } from '@aws-sdk/client-kms';
import { serve } from '@hono/node-server';
import { initializeLogger } from '@livekit/agents';
import { VAD } from '@livekit/agents-plugin-silero';
import { isUnderLegalHold, loadConfig, retainUntil } from '@vestibule/config';
import { CodedError, describeError, jsonLogger, newId, systemClock, watchLoad } from '@vestibule/core';
import {
  archiveClient,
  CallBackQueue,
  createSigner,
  Journal,
  kmsAuthority,
  kmsCallKeys,
  RedisLogStore,
  withPassword,
} from '@vestibule/record';
import { RoomServiceClient, SipClient, WebhookReceiver } from 'livekit-server-sdk';
import { resumeAttempt } from './call-back/attempt.ts';
import { CallBacks } from './call-back/call-backs.ts';
import { callBackLoop } from './call-back/loop.ts';
import { attemptIn } from './call/caller.ts';
import { runCall } from './call/run-call.ts';
import { LastCalls } from './call/last-calls.ts';
import { LiveCalls } from './call/live-calls.ts';
import { finishOrphan } from './call/orphan.ts';
import { Desk } from './desk/desk.ts';
import { WaitingCalls } from './desk/waiting-calls.ts';
import { deskServer } from './desk/webhook.ts';
import { callerSecret, readEnvironment, readServerTokens, transferKey } from './environment.ts';
import { questionnaires } from './questionnaires.ts';
import { createScript } from './conversation/script.ts';
import { openMeaning } from './meaning/meaning.ts';
import { prepare } from './speech/prepared.ts';
import { KeptSpeech } from './speech/kept-speech.ts';
import { createModels } from './speech/models.ts';
import { vadSilenceMs } from './speech/vad.ts';
import { Standing } from './thinking/standing.ts';
import { connectTools } from './tools/connect.ts';

async function main(): Promise<void> {
  const env = readEnvironment();
  const config = await loadConfig(env.VESTIBULE_CONFIG);
  const logger = jsonLogger('agent', { level: env.VESTIBULE_LOG_LEVEL }).with({
    worker: env.VESTIBULE_WORKER,
  });
  // The framework's own log holds transcripts, and at level error the arguments of tools.
  initializeLogger({ pretty: false, level: 'fatal' });

  const onRedisError = (error: unknown) => logger.warn('log store', describeError(error));
  const logUrl = withPassword(env.VESTIBULE_LOG_URL, env.VESTIBULE_LOG_PASSWORD);
  const secret = callerSecret(env, config);
  const resumeMs = Math.max(
    config.agent.resumeMinutes * 60_000,
    (config.callBacks?.withinHours ?? 0) * 3_600_000,
  );
  const [store, lastCalls, waiting, queue, vad, definitionFor, meaning] = await Promise.all([
    RedisLogStore.connect(logUrl, onRedisError),
    secret === undefined || resumeMs === 0
      ? undefined
      : LastCalls.connect(logUrl, secret, resumeMs, onRedisError),
    WaitingCalls.connect(logUrl, onRedisError),
    config.callBacks && CallBackQueue.connect(logUrl, onRedisError),
    VAD.load({ minSilenceDuration: vadSilenceMs, activationThreshold: 0.5 }),
    questionnaires(config),
    openMeaning(),
  ]);
  if (!meaning)
    logger.warn('red flags are not looked for by meaning', {
      why: 'no encoder is installed. Run: make setup',
    });
  const livekit = { url: env.LIVEKIT_URL, key: env.LIVEKIT_API_KEY, secret: env.LIVEKIT_API_SECRET };
  const api = [livekit.url.replace(/^ws/, 'http'), livekit.key, livekit.secret] as const;
  const rooms = new RoomServiceClient(...api);
  const key = transferKey(env, config);
  const sip = new SipClient(...api);
  const callBacks =
    key === undefined || !queue
      ? undefined
      : new CallBacks({ config, queue, sip, key, clock: systemClock, logger });
  const archive = {
    client: archiveClient(config.region),
    bucket: config.archive.bucket,
    retainUntil: (end: Date) => retainUntil(config.archive.retention, end),
    isUnderHold: (dialled: string) => isUnderLegalHold(config, dialled),
  };
  const kms = new KMSClient({ region: config.region });
  const { tenant, record } = config;
  const signer = await createSigner(kmsAuthority(kms, record.signingKey), {
    tenant,
    // A journal has one writer: a worker that starts again is another.
    worker: newId(env.VESTIBULE_WORKER),
  });
  const live = new LiveCalls();
  const journal = new Journal({ archive, signer, clock: systemClock, logger, live: () => live.sightings() });
  const models = () => createModels(config);
  // A model that cannot be made is a fault of the configuration: better now than at the first call.
  const { tts } = await models();
  const { apology, holding, outage } = createScript(config);
  const [preparedApology, preparedHolding, preparedOutage] = await Promise.all(
    [apology, holding, outage].map((words) => prepare(tts, words, logger)),
  );
  const dependencies = {
    config,
    kept: new KeptSpeech(),
    livekit,
    rooms,
    staff: key === undefined || !config.staff ? undefined : { sip, key },
    leaveToStaff: (room: string) => waiting.leaveToStaff(room, systemClock.now()),
    store,
    keys: kmsCallKeys(kms, { keyId: record.dataKey, tenant }),
    signer,
    journal,
    live,
    lastCalls,
    callBacks,
    archive,
    vad,
    models,
    meaning,
    standing: new Standing(systemClock),
    prepared: { apology: preparedApology, holding: preparedHolding, outage: preparedOutage },
    definitionFor,
    connectTools: connectTools({ env, config, tokens: readServerTokens(config), logger }),
    clock: systemClock,
    logger,
  };
  const desk = new Desk({
    worker: env.VESTIBULE_WORKER,
    capacity: config.agent.calls,
    store,
    waiting,
    rooms,
    clock: systemClock,
    logger,
    runCall: (tenure, facts) =>
      attemptIn(facts.room) === undefined
        ? runCall(dependencies, tenure, facts)
        : resumeAttempt(dependencies, tenure, facts),
    finishOrphan: (lease) => finishOrphan(dependencies, lease),
  });
  const receiver = new WebhookReceiver(livekit.key, livekit.secret);
  const app = deskServer({
    receiver,
    onCall: (room) => desk.onCall(room),
    status: () => desk.status,
    logger,
  });
  const [hostname = '127.0.0.1', port] = env.VESTIBULE_AGENT_LISTEN.split(':');
  const server = serve({ fetch: app.fetch, hostname, port: Number(port) }, () =>
    logger.info('ready', { calls: config.agent.calls }),
  );

  const ended = new AbortController();
  const load = watchLoad({
    held: () => desk.status.calls,
    load: async () => ({
      held: desk.status.calls,
      capacity: config.agent.calls,
      waiting: await waiting.count(),
    }),
    clock: systemClock,
    logger,
    signal: ended.signal,
    agentUri: env.ECS_AGENT_URI,
  });

  let isDraining = false;
  const drain = async (limitSeconds: number, exitCode: number) => {
    if (isDraining) return;
    isDraining = true;
    logger.info('draining', { calls: desk.status.calls });
    await desk.drain(limitSeconds * 1000);
    await journal.stop();
    ended.abort();
    server.close();
    waiting.close();
    queue?.close();
    lastCalls?.close();
    await store.close();
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void drain(env.VESTIBULE_DRAIN_SECONDS, 0));
  // What state this process is in is not known: its calls go to another, each at its next turn.
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error) => {
      logger.error('not caught', describeError(error));
      void drain(0, 1);
    });
  await Promise.all([desk.run(), journal.run(), load, callBackLoop(dependencies, desk)]);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof CodedError ? error.message : `agent: ${String((error as Error).stack)}`}\n`,
  );
  process.exit(1);
});
