import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { CallLog, CallState } from '@vestibule/record';
import type { McpTools } from '../tools/mcp-client.ts';
import type { CallFacts } from './caller.ts';

/** Why a person must look at a call. */
export interface Alert {
  /** A red flag's id, or the reason of a hand-over. */
  id: string;
  urgent: boolean;
  /** What the caller said; only with recording consent. */
  words?: string;
}

export interface AlertsOptions {
  /** The tools, connected anew when they are lost; undefined while they cannot be reached. */
  tools: () => Promise<McpTools | undefined>;
  log: CallLog;
  facts: CallFacts;
  clock: Clock;
  logger: Logger;
  /** Staff could not be told so far: the caller must hear it. Called once an alert. */
  onDelayed: (alert: Alert) => void;
}

const tool = 'create_case';
/** Pauses between attempts, ms: about two minutes in all. After the second failure the caller is told. */
const pauses = [500, 2000, 5000, 10_000, 15_000, 30_000, 60_000];
const delayedAfter = 2;

const reasons: Record<string, string> = {
  'wants-person': 'The caller asked for a person.',
  'no-usable-answer': 'The intake could not be finished: an answer was not understood.',
  'patient-only':
    'The intake is not finished: only the patient may answer what is left, and somebody else called.',
  'red-flag': 'The intake was handed over: a red flag, or a question about one that got no usable answer.',
  'nobody-answered': 'Nobody on the on-call list could be reached for a caller who needs a person.',
  'no-model': 'The intake could not be finished: no language model answered.',
  'cut-off': 'The call was cut off by a fault on our side; the intake is not finished. Please call back.',
  'call-back':
    'The caller was cut off or asked to be called back, and could not be reached. Please call them.',
  'no-hearing':
    'The intake could not be finished: speech recognition failed. The caller was still on the line.',
};

/** Opens cases with the backend, so that staff see them at once. Keyed by call and reason: each happens once, however often it is tried. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #under: Promise<void>[] = [];
  #done: ReadonlySet<string> = new Set();

  constructor(options: AlertsOptions) {
    this.#options = options;
  }

  raise(alert: Alert): void {
    if (this.#done.has(alertKey(this.#options.facts.callId, alert.id))) return;
    this.#under.push(
      this.#deliver(alert).catch((error: unknown) =>
        this.#options.logger.error('alert lost', describeError(error)),
      ),
    );
  }

  /** Raises again what the log before a take-over has no success for; what it has is not raised any more. */
  resume({ redFlags, done }: CallState): void {
    this.#done = new Set(done);
    for (const { id, action, severity } of redFlags)
      if (action !== 'say') this.raise({ id, urgent: severity !== 'concern' });
  }

  /** Resolves when none is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#under);
  }

  async #deliver(alert: Alert): Promise<void> {
    const { clock, onDelayed, log, logger } = this.#options;
    for (const [failures, pause] of pauses.entries()) {
      if (await this.#attempt(alert)) return;
      if (failures + 1 === delayedAfter) onDelayed(alert);
      await clock.sleep(pause);
    }
    logger.error('staff not told', { alert: alert.id });
    await log.append('error', { part: tool, code: 'not-delivered' });
  }

  async #attempt({ id, urgent, words }: Alert): Promise<boolean> {
    const { facts } = this.#options;
    const tools = await this.#options.tools();
    if (!tools?.has(tool)) return false;
    const args = {
      reason: reasons[id] ?? `Red flag during a call: ${id}.`,
      ...(words === undefined ? {} : { summary: `The caller said: ${words}` }),
      ...(urgent ? { priority: 'urgent' } : {}),
      // Withheld and short numbers are no numbers to call back.
      ...(/^\+[1-9]\d{6,14}$/.test(facts.caller ?? '') ? { callBackNumber: facts.caller } : {}),
    };
    const { failed } = await tools.call(tool, args, alertKey(facts.callId, id));
    return !failed;
  }
}

/** What makes an alert happen once. Ids of red flags may hold anything; keys may not. */
export const alertKey = (callId: string, id: string) =>
  `${callId}:${id.replaceAll(/[^\w.-]/g, '-').slice(0, 60)}`;
