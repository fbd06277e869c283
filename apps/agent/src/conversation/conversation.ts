import { voice } from '@livekit/agents';
import { type FiredRedFlag, type Input, parseYesNo, redFlagsIn, type Step } from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Alert } from '../call/alert.ts';
import type { Heard } from '../speech/hearing.ts';
import { consentItem, type IntakeActions } from '../tools/intake-tools.ts';
import type { Intake } from './intake.ts';
import { isOver, type Reply, replyOf, wordsOf } from './phrasing.ts';
import type { Script } from './script.ts';

export type Outcome = 'complete' | 'partial' | 'handed-over';

export interface ConversationOptions {
  log: CallLog;
  intake: Intake;
  script: Script;
  /** As the log has it after a take-over; undefined while the caller has not been asked. */
  consent: boolean | undefined;
  /** Reaches a person: opens a case with the backend, at once. */
  alert: (alert: Alert) => Promise<void>;
  /** The conversation has come to its end; `words` are the last to be said. */
  onOver: (outcome: Outcome, words: string) => void;
}

const consentAttempts = 3;

/**
 * What is talked about: first consent, then the questionnaire, which leads. The model's tools land here; each
 * answer goes to the engine, and the engine's next step comes back as the words to say.
 */
export class Conversation implements IntakeActions {
  readonly #options: ConversationOptions;
  #consent: boolean | undefined;
  #consentTries = 0;
  #evidence: Heard | undefined;
  #scripts: string[] = [];
  #reply: string | undefined;
  #alerts: Promise<void>[] = [];

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#consent = options.consent;
  }

  get consent(): boolean {
    return this.#consent === true;
  }

  /** For the system prompt: the question that stands, and the state of the intake. */
  get situation(): string {
    if (this.#consent !== undefined) return this.#options.intake.situation;
    return `Current question
- item: ${consentItem}
- type: boolean (yes or no)
- question: ${this.#options.script.consentQuestion}
Nothing else may be asked before this is answered.`;
  }

  /** The question that stands, to be put (again). */
  get question(): string {
    const { script, intake } = this.#options;
    return this.#consent === undefined ? script.consentQuestion : wordsOf(intake.step, script);
  }

  /** The words that the last tool gave to be said, once: the questionnaire's own, so no model needs to repeat them. */
  takeReply(): string | undefined {
    const reply = this.#reply;
    this.#reply = undefined;
    return reply;
  }

  /** Scripts of red flags raised since last asked: said before anything else. */
  takeScripts(): string {
    return this.#scripts.splice(0).join(' ');
  }

  /** Alerts under way; to be awaited before the call is sealed. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#alerts);
  }

  onFinal(heard: Heard): void {
    this.#evidence = heard;
  }

  /** The red flags' own lane: phrases are looked for in everything heard, partial or not. */
  async watch({ text }: Heard): Promise<void> {
    const { intake } = this.#options;
    if (this.#consent === undefined) return;
    const fresh = redFlagsIn(intake.definition, text).filter(({ id }) => !intake.state.flagged.includes(id));
    if (fresh.length === 0) return;
    const { redFlags } = await intake.apply({ kind: 'heard', words: text }, true);
    await this.#raise(redFlags, 'phrase', text);
  }

  async recordAnswer(item: string, answer: string): Promise<string> {
    if (item === consentItem) return this.#recordConsent(answer);
    if (this.#consent === undefined)
      return this.#answer({
        accepted: false,
        problem: 'Recording consent must be answered first',
        say_next: this.question,
      });
    return this.#take({
      kind: 'answer',
      linkId: item,
      value: answer,
      words: this.#evidence?.text ?? answer,
      ...this.#confidence(),
    });
  }

  async confirmReadBack(correct: boolean, correction: string | undefined): Promise<string> {
    const heard = this.#evidence?.text ?? '';
    // A "no" that nobody heard: a scrap of a misheard "yes" must not throw away a value that was right.
    if (!correct && parseYesNo(heard) === undefined && wordCount(heard) <= 2)
      return this.#take({ kind: 'unclear' });
    return this.#take({
      kind: 'confirm',
      yes: correct,
      words: correction ?? (heard || (correct ? 'yes' : 'no')),
    });
  }

  async declineItem(item: string, reason: 'declined' | 'unknown'): Promise<string> {
    if (item === consentItem) return this.#consented(false, this.#evidence?.text ?? '');
    return this.#take(
      reason === 'declined' ? { kind: 'decline', linkId: item } : { kind: 'unknown', linkId: item },
    );
  }

  async notUnderstood(): Promise<string> {
    if (this.#consent === undefined) return this.#recordConsent('');
    return this.#take({ kind: 'unclear' });
  }

  async endCall(reason: 'wants-person' | 'wants-to-stop'): Promise<string> {
    const { log, script, onOver, alert } = this.#options;
    await log.append('hand-over', { reason });
    if (reason === 'wants-person') this.#alerts.push(alert({ id: reason, urgent: false }));
    onOver(
      reason === 'wants-person' ? 'handed-over' : 'partial',
      reason === 'wants-person' ? script.handOver : script.closing,
    );
    throw new voice.StopResponse();
  }

  /** Nothing was heard for a while: the words to say now, or none when the call is ending. */
  async silence(): Promise<string | undefined> {
    try {
      await this.notUnderstood();
      return this.takeReply();
    } catch (error) {
      if (error instanceof voice.StopResponse) return undefined;
      throw error;
    }
  }

  async #recordConsent(words: string): Promise<string> {
    const { consentQuestion, consentAgain } = this.#options.script;
    const parsed =
      parseYesNo(words, consentQuestion) ?? parseYesNo(this.#evidence?.text ?? '', consentQuestion);
    this.#consentTries += 1;
    if (parsed === undefined && this.#consentTries < consentAttempts) {
      return this.#answer({ accepted: false, problem: 'Neither a yes nor a no', say_next: consentAgain });
    }
    return this.#consented(parsed?.yes ?? false, words);
  }

  async #consented(recording: boolean, words: string): Promise<string> {
    const { log, script, intake } = this.#options;
    await log.append('consent', { recording, piiWords: recording ? words : '' });
    this.#consent = recording;
    const thanks = recording ? script.consented : script.notConsented;
    const item = 'linkId' in intake.step ? { item: intake.step.linkId } : {};
    return this.#answer({ accepted: true, say_next: `${thanks} ${this.question}`, ...item });
  }

  async #take(input: Input): Promise<string> {
    const { intake, script, log } = this.#options;
    const advance = await intake.apply(input, this.consent, this.#evidence);
    await this.#raise(advance.redFlags, 'answer', undefined);
    const reply = replyOf(advance, script);
    if (!isOver(advance.step)) return this.#answer(reply);
    await this.#over(advance.step, [this.takeScripts(), reply.say_next].join(' ').trim(), log);
    throw new voice.StopResponse();
  }

  async #over(
    step: Extract<Step, { kind: 'complete' | 'handOver' }>,
    words: string,
    log: CallLog,
  ): Promise<void> {
    if (step.kind === 'complete') return this.#options.onOver('complete', words);
    await log.append('hand-over', { reason: step.reason });
    this.#alerts.push(this.#options.alert({ id: step.reason, urgent: step.reason === 'red-flag' }));
    this.#options.onOver('handed-over', words);
  }

  async #raise(
    flags: readonly FiredRedFlag[],
    lane: 'phrase' | 'answer',
    words: string | undefined,
  ): Promise<void> {
    for (const { id, severity, action, linkId, script } of flags) {
      this.#scripts.push(script);
      await this.#options.log.append('red-flag', {
        id,
        severity,
        action,
        lane,
        ...(linkId === undefined ? {} : { linkId }),
        ...(words === undefined || !this.consent ? {} : { piiWords: words }),
      });
      if (action !== 'say') {
        const urgent = severity !== 'concern';
        this.#alerts.push(
          this.#options.alert({ id, urgent, ...(words !== undefined && this.consent ? { words } : {}) }),
        );
      }
    }
  }

  #answer(reply: Reply): string {
    this.#reply = reply.say_next;
    return JSON.stringify(reply);
  }

  #confidence(): { evidence?: { confidence: number; lane: 'model' } } {
    const confidence = this.#evidence?.confidence;
    return confidence === undefined ? {} : { evidence: { confidence, lane: 'model' } };
  }
}

const wordCount = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;
