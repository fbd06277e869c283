import { type Clock, describeError, type Logger } from '@vestibule/core';
import { type CallLog, type Entry, payloadOf } from '@vestibule/record';
import type { McpTools } from './mcp-client.ts';

/** An effect that was asked for and is not known to have happened. */
export interface Owed {
  name: string;
  args: unknown;
  key: string;
  /** False: it might be done twice. */
  canRepeat: boolean;
}

/** Effects on the log that neither succeeded nor were refused for good, whoever asked for them: each once, by its key. */
export function unfinished(entries: readonly Entry[]): Owed[] {
  const owed = new Map<string, Owed>();
  const done = new Set<string>();
  for (const entry of entries) {
    const call = payloadOf(entry, 'tool-call');
    if (call?.effect !== undefined && !done.has(call.key)) {
      const { name, piiArguments: args, key, effect } = call;
      owed.set(key, { name, args, key, canRepeat: effect === 'once' });
    }
    const result = payloadOf(entry, 'tool-result');
    if (!result || (result.failed && result.retryable === true)) continue;
    owed.delete(result.key);
    done.add(result.key);
  }
  return [...owed.values()];
}

/** Pauses between attempts after a call, ms: the record waits so long for its end, and no longer. */
const pauses = [0, 1000, 4000, 15_000, 20_000];

/** Does after the call what could not be done in it; what stays undone is an error on the record. */
export async function finishOwed(
  tools: () => Promise<McpTools | undefined>,
  { log, clock, logger }: { log: CallLog; clock: Clock; logger: Logger },
): Promise<void> {
  const repeatable = () => unfinished(log.entries).filter(({ canRepeat }) => canRepeat);
  for (const pause of repeatable().length > 0 ? pauses : []) {
    await clock.sleep(pause);
    const connected = await tools().catch((error: unknown) => {
      logger.warn('tools out of reach', describeError(error));
      return undefined;
    });
    if (connected) for (const one of repeatable()) await connected.finish(one);
    if (repeatable().length === 0) break;
  }
  for (const { name } of unfinished(log.entries)) {
    logger.error('not done', { tool: name });
    await log.append('error', { part: name, code: 'not-delivered' });
  }
}
