import { describeError, type Logger } from '@vestibule/core';
import {
  type Definition,
  answersTable,
  type IntakeState,
  questionnaireResponse,
} from '@vestibule/questionnaire';
import {
  awaitRecording,
  type CallLog,
  foldCall,
  forgetAudio,
  type Recording,
  sealCall,
} from '@vestibule/record';
import type { CallDependencies } from './dependencies.ts';

const attempts = 6;

export interface Sealable {
  log: CallLog;
  definition: Definition;
  state: IntakeState;
  logger: Logger;
}

/**
 * Seals a finished call in the archive, trying again for about two minutes. @returns false when the archive could not be
 * reached: the log stays in its store then, for any worker to seal.
 */
export async function sealWithRetries(d: CallDependencies, sealable: Sealable): Promise<boolean> {
  const { clock } = d;
  const { logger } = sealable;
  const recording = await recordingOf(d, sealable);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      await seal(d, sealable, recording);
      return true;
    } catch (error) {
      logger.warn('not sealed', { attempt, ...describeError(error), ...causeOf(error) });
      await clock.sleep(1000 * 2 ** attempt);
    }
  }
  logger.error('left unsealed in the log store', { entries: sealable.log.entries.length });
  return false;
}

/** Without consent nobody waits; without the recorder's file the call is sealed all the same, and the manifest names none. */
async function recordingOf(
  { store, clock, config }: CallDependencies,
  { log, logger }: Sealable,
): Promise<Recording | undefined> {
  const { call, consent } = foldCall(log.entries);
  // The recorder knows calls by the edge’s headers, which a call-back has not.
  if (!config.recording || consent !== true || call?.callBack) return undefined;
  const waitMs = config.recording.waitSeconds * 1000;
  const { callId, key } = log;
  const beganAt = clock.monotonic();
  try {
    const recording = await awaitRecording(store, { callId, key: key.key, clock, waitMs });
    const waitedMs = Math.round(clock.monotonic() - beganAt);
    if (recording) logger.info('recording taken over', { bytes: recording.body.length, waitedMs });
    else logger.warn('no recording', { waitedMs });
    return recording;
  } catch (error) {
    logger.warn('no recording', describeError(error));
    return undefined;
  }
}

async function seal(
  d: CallDependencies,
  { log, definition, state, logger }: Sealable,
  recording: Recording | undefined,
): Promise<void> {
  const { archive, signer, journal, clock, store, config } = d;
  const rows = answersTable(definition, state);
  const now = new Date(clock.now());
  const { prefix, manifest, root } = await sealCall(archive, {
    callId: log.callId,
    entries: log.entries,
    key: log.key,
    signer,
    response: questionnaireResponse(definition, state, {
      authored: now.toISOString(),
      id: log.callId,
      ended: true,
    }),
    items: {
      asked: rows.filter(({ status }) => status !== 'not-asked' && status !== 'off').length,
      answered: rows.filter(({ status }) => status === 'answered').length,
    },
    ...(recording ? { recording } : {}),
    now,
  });
  const { callId, decision, size, root: hash } = root.statement;
  journal.enter({ callId, ...(decision === undefined ? {} : { decision }), size, root: hash });
  logger.info('call sealed', { prefix, entries: log.entries.length, outcome: manifest.outcome });
  if (config.recording) await forgetAudio(store, log.callId);
  // Without consent nothing of what was spoken is kept any longer.
  const hasConsent = foldCall(log.entries).consent === true;
  await store.expire(log.callId, hasConsent ? config.archive.graceHours * 3_600_000 : 0);
}

const causeOf = (error: unknown) =>
  error instanceof Error && error.cause ? { cause: describeError(error.cause) } : {};
