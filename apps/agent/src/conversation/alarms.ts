import type { FiredRedFlag } from '@vestibule/questionnaire';
import type { CallLog, CallState, Payload } from '@vestibule/record';
import type { Alert } from '../call/alerts.ts';
import type { Consent } from './consent.ts';
import type { Fired } from './intake.ts';

/** What fired a red flag: words heard, partial or final; an answer; a model. */
export type Lane = Payload<'red-flag'>['lane'];

/** Red flags that fired: on the log first, then to a person, and their scripts to the caller. */
export class Alarms {
  readonly #log: CallLog;
  readonly #consent: Consent;
  readonly #alert: (alert: Alert) => void;
  #scripts: string[] = [];

  constructor(log: CallLog, consent: Consent, alert: (alert: Alert) => void) {
    this.#log = log;
    this.#consent = consent;
    this.#alert = alert;
  }

  /** `words`: what the caller said, when they fired it; kept only with recording consent. */
  async raise(flags: readonly FiredRedFlag[], lane: Lane, words?: string): Promise<void> {
    const kept = words !== undefined && this.#consent.isGiven ? words : undefined;
    for (const { id, severity, action, linkId, script } of flags) {
      this.#scripts.push(script);
      await this.#log.append('red-flag', {
        id,
        severity,
        action,
        lane,
        ...(linkId === undefined ? {} : { linkId }),
        ...(kept === undefined ? {} : { piiWords: kept }),
      });
      if (action !== 'say')
        this.#alert({ id, urgent: severity !== 'concern', ...(kept === undefined ? {} : { words: kept }) });
    }
  }

  /** After a take-over: raises what fired by the log's answers and is not on it. */
  async resume(fired: readonly Fired[], { redFlags }: Pick<CallState, 'redFlags'>): Promise<void> {
    const raised = new Set(redFlags.map(({ id }) => id));
    for (const { flag, words } of fired)
      if (!raised.has(flag.id)) await this.raise([flag], words === undefined ? 'answer' : 'phrase', words);
  }

  get hasScripts(): boolean {
    return this.#scripts.length > 0;
  }

  /** To be said before anything else. */
  addScript(words: string): void {
    this.#scripts.push(words);
  }

  /** What is to be said before anything else, once. */
  takeScripts(): string {
    return this.#scripts.splice(0).join(' ');
  }
}
