import { type Clock, describeError, type Logger } from '@vestibule/core';
import {
  type Definition,
  answersTable,
  type IntakeState,
  questionnaireResponse,
} from '@vestibule/questionnaire';
import { type Archive, type CallLog, foldCall, type Journal, sealCall, type Signer } from '@vestibule/record';

const attempts = 6;

/**
 * Seals a finished call in the archive, trying again for about a minute. @returns the key prefix, or undefined
 * when the archive could not be reached: the log stays in its store then.
 */
export async function sealWithRetries(
  archive: Archive,
  {
    log,
    signer,
    journal,
    definition,
    state,
    clock,
    logger,
  }: {
    log: CallLog;
    signer: Signer;
    journal: Journal;
    definition: Definition;
    state: IntakeState;
    clock: Clock;
    logger: Logger;
  },
): Promise<string | undefined> {
  const rows = answersTable(definition, state);
  const sealing = {
    callId: log.callId,
    entries: log.entries,
    key: log.key,
    signer,
    response: questionnaireResponse(definition, state, {
      authored: new Date(clock.now()).toISOString(),
      id: log.callId,
      ended: true,
    }),
    items: {
      asked: rows.filter(({ status }) => status !== 'not-asked' && status !== 'off').length,
      answered: rows.filter(({ status }) => status === 'answered').length,
    },
    now: new Date(clock.now()),
  };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const { prefix, manifest, root } = await sealCall(archive, sealing);
      const { callId, decision, size, root: hash } = root.statement;
      journal.enter({ callId, ...(decision === undefined ? {} : { decision }), size, root: hash });
      logger.info('call sealed', { prefix, entries: log.entries.length, outcome: manifest.outcome });
      return prefix;
    } catch (error) {
      logger.warn('not sealed', { attempt, ...describeError(error), ...causeOf(error) });
      await clock.sleep(1000 * 2 ** attempt);
    }
  }
  logger.error('left unsealed in the log store', { turns: foldCall(log.entries).turns.length });
  return undefined;
}

const causeOf = (error: unknown) =>
  error instanceof Error && error.cause ? { cause: describeError(error.cause) } : {};
