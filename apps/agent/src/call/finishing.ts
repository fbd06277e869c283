import { describeError, type Logger } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { Intake } from '../conversation/intake.ts';
import type { CallOutcome } from '../desk/desk.ts';
import type { ToolLine } from '../tools/tool-line.ts';
import { finishOwed } from '../tools/unfinished.ts';
import type { Alerts } from './alerts.ts';
import type { End } from './call-end.ts';
import type { CallDependencies } from './dependencies.ts';
import { hangUp } from './hang-up.ts';
import { sealWithRetries } from './sealing.ts';
import type { VoiceLine } from './voice-line.ts';

export interface FinishingOptions {
  d: CallDependencies;
  log: CallLog;
  logger: Logger;
  intake: Intake;
  room: string;
  line: VoiceLine;
  alerts: Alerts;
  tools: ToolLine;
  durationMs: number;
  /** The caller stays in the room with staff. */
  isWithStaff: boolean;
}

/** What is left when the talk is over: the room is closed, alerts and tools get done what they owe, and the record is sealed. */
export async function finishCall({ outcome, by }: End, options: FinishingOptions): Promise<CallOutcome> {
  const { d, log, logger, line, room, alerts, tools, intake, durationMs } = options;
  // Refused when the lease is lost: then the room is another worker's.
  await log.append('hang-up', { by });
  await line.close().catch((error: unknown) => logger.warn('session not closed', describeError(error)));
  if (options.isWithStaff) await d.leaveToStaff(room);
  else await hangUp(d.rooms, room, logger);
  await line.leave();
  if (by === 'fault') alerts.raise({ id: 'cut-off', urgent: false });
  const givenUp = await d.callBacks?.settle(log, { outcome, by });
  if (givenUp) alerts.raise({ id: 'call-back', urgent: false });
  await alerts.settled();
  await finishOwed(() => tools.tools(), { log, clock: d.clock, logger });
  await log.append('end', { outcome, by, durationMs });
  await tools.close();
  const { definition, state } = intake;
  return (await sealWithRetries(d, { log, definition, state, logger })) ? 'sealed' : 'open';
}
