import { voice } from '@livekit/agents';
import {
  catalogueOf,
  type FiredRedFlag,
  type Input,
  type Item,
  keyedAnswer,
  keyedYesNo,
  keysExpected,
  parseYesNo,
  redFlagsIn,
  type Step,
} from '@vestibule/questionnaire';
import type { CallLog } from '@vestibule/record';
import type { Alert } from '../call/alerts.ts';
import type { Keyed } from '../call/keypad.ts';
import type { Heard } from '../speech/hearing.ts';
import { consentItem, type IntakeActions } from '../tools/intake-tools.ts';
import type { Consent } from './consent.ts';
import type { Advance, Intake } from './intake.ts';
import { isOver, type Reply, replyOf, wordsOf } from './phrasing.ts';
import type { Script } from './script.ts';

export type Outcome = 'complete' | 'partial' | 'handed-over';

export interface ConversationOptions {
  log: CallLog;
  intake: Intake;
  script: Script;
  consent: Consent;
  /** Gets word to a person. */
  alert: (alert: Alert) => void;
  /** The conversation has come to its end; `words` are the last to be said. Called once. */
  onOver: (outcome: Outcome, words: string) => void;
}

/** So many turns in a row may leave the question as it is (asides, questions back); then it counts as not understood. */
const idleTurns = 4;

/**
 * What is talked about: first consent, then the questionnaire, which leads. The model's tools land here; each
 * answer goes to the engine, and the engine's next step comes back as the words to say.
 */
export class Conversation implements IntakeActions {
  readonly #options: ConversationOptions;
  #evidence: Heard | undefined;
  #scripts: string[] = [];
  #reply: string | undefined;
  #standing: { step: Step | undefined; turns: number } = { step: undefined, turns: 0 };
  #isOver = false;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  /** For the system prompt: the question that stands, and the state of the intake. */
  get situation(): string {
    const { consent, intake } = this.#options;
    if (!consent.isOpen) return intake.situation;
    return `Current question
- item: ${consentItem}
- type: boolean (yes or no)
- question: ${consent.question}
Nothing else may be asked before this is answered.`;
  }

  /** The question that stands, to be put (again). */
  get question(): string {
    const { script, intake, consent } = this.#options;
    return consent.isOpen ? consent.question : wordsOf(intake.step, script);
  }

  /** What is asked now; undefined while it is consent. */
  get step(): Step | undefined {
    return this.#options.consent.isOpen ? undefined : this.#options.intake.step;
  }

  get today(): string {
    return this.#options.intake.today;
  }

  /** The item that is asked or read back now. */
  get item(): Item | undefined {
    const { step } = this;
    const link = step && 'linkId' in step ? step.linkId : undefined;
    return link === undefined
      ? undefined
      : catalogueOf(this.#options.intake.definition).byLink.get(link)?.item;
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

  /** To be said before anything else. */
  addScript(words: string): void {
    this.#scripts.push(words);
  }

  onFinal(heard: Heard): void {
    this.#evidence = heard;
  }

  /** The red flags' own lane: phrases are looked for in everything heard, partial or not, from the first word of the call. */
  async watch({ text }: Heard): Promise<void> {
    const { intake } = this.#options;
    const fresh = redFlagsIn(intake.definition, text).filter(({ id }) => !intake.state.flagged.includes(id));
    if (fresh.length === 0) return;
    const advance = await intake.apply({ kind: 'heard', words: text });
    await this.#raise(advance.redFlags, 'phrase', text);
    if (isOver(advance.step)) await this.#finish(advance);
  }

  /**
   * The caller's turn is over and a model will answer it. A turn that moves nothing is welcome now and then; a model
   * that moves nothing for ever is not. @returns the words to say in its place, when it has come to that.
   */
  async turn(): Promise<string | undefined> {
    const { step } = this;
    const turns = this.#standing.step === step ? this.#standing.turns + 1 : 1;
    this.#standing = { step, turns };
    if (step === undefined || turns <= idleTurns) return undefined;
    this.#standing = { step: undefined, turns: 0 };
    return this.#wordsAfter(() => this.notUnderstood());
  }

  async recordAnswer(item: string, answer: string): Promise<Reply> {
    const { consent } = this.#options;
    if (item === consentItem) return this.#takeConsent(answer, this.#evidence?.text ?? '');
    if (consent.isOpen) {
      const problem = 'Recording consent must be answered first';
      return this.#say({ accepted: false, problem, say_next: this.question });
    }
    return this.#take({
      kind: 'answer',
      linkId: item,
      value: answer,
      words: this.#evidence?.text ?? answer,
      evidence: { confidence: this.#evidence?.confidence ?? 1, lane: 'model' },
    });
  }

  async confirmReadBack(correct: boolean, correction: string | undefined): Promise<Reply> {
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

  async declineItem(item: string, reason: 'declined' | 'unknown'): Promise<Reply> {
    if (item === consentItem) {
      await this.#options.consent.settle(false, '');
      return this.#consented();
    }
    return this.#take(
      reason === 'declined' ? { kind: 'decline', linkId: item } : { kind: 'unknown', linkId: item },
    );
  }

  async notUnderstood(): Promise<Reply> {
    if (this.#options.consent.isOpen) return this.#takeConsent();
    return this.#take({ kind: 'unclear' });
  }

  async endCall(reason: 'wants-person' | 'wants-to-stop'): Promise<Reply> {
    await this.giveUp(reason);
    throw new voice.StopResponse();
  }

  /** Ends the conversation before its time: as the caller wishes, or because a part of ours failed for good. */
  async giveUp(reason: 'wants-person' | 'wants-to-stop' | 'no-model' | 'no-hearing'): Promise<void> {
    if (this.#isOver) return;
    const { log, script, alert } = this.#options;
    await log.append('hand-over', { reason });
    const isWish = reason === 'wants-to-stop';
    if (!isWish) alert({ id: reason, urgent: false });
    this.#over(
      isWish ? 'partial' : 'handed-over',
      isWish ? script.closing : reason === 'no-hearing' ? script.unheard : script.handOver,
    );
  }

  /** How many keys answer what is asked now, where that is certain. */
  get keysExpected(): number | undefined {
    if (this.step === undefined || this.step.kind === 'readBack') return 1;
    return this.item && keysExpected(this.item);
  }

  /** An answer came by the keypad, past recogniser and model: the words to say now, or none when the call is ending. */
  keyed({ keys, startMs, endMs }: Keyed): Promise<string | undefined> {
    this.#evidence = { text: keys, startMs, endMs, confidence: 1 };
    return this.#wordsAfter(() => this.#takeKeys(keys));
  }

  /** Nothing was heard for a while: the words to say now, or none when the call is ending. */
  silence(): Promise<string | undefined> {
    return this.#wordsAfter(() => this.notUnderstood());
  }

  async #takeKeys(keys: string): Promise<Reply> {
    const yes = keyedYesNo(keys);
    const word = yes === undefined ? keys : yes ? 'yes' : 'no';
    if (this.step === undefined) return this.#takeConsent(word);
    if (this.step.kind === 'readBack' && yes !== undefined)
      return this.#take({ kind: 'confirm', yes, words: word });
    const { item } = this;
    if (!item) return this.notUnderstood();
    const evidence = { confidence: 1, lane: 'keypad' as const };
    return this.#take({
      kind: 'answer',
      linkId: item.linkId,
      value: keyedAnswer(item, keys),
      words: keys,
      evidence,
    });
  }

  async #wordsAfter(act: () => Promise<Reply>): Promise<string | undefined> {
    try {
      await act();
      return [this.takeScripts(), this.takeReply() ?? ''].join(' ').trim();
    } catch (error) {
      if (error instanceof voice.StopResponse) return undefined;
      throw error;
    }
  }

  async #takeConsent(...words: string[]): Promise<Reply> {
    const { consent, script } = this.#options;
    if (await consent.answer(...words)) return this.#consented();
    return this.#say({ accepted: false, problem: 'Neither a yes nor a no', say_next: script.consentAgain });
  }

  #consented(): Reply {
    const { consent } = this.#options;
    const { item } = this;
    return this.#say({
      accepted: true,
      say_next: `${consent.thanks} ${this.question}`,
      ...(item ? { item: item.linkId } : {}),
    });
  }

  async #take(input: Input): Promise<Reply> {
    const { intake, script } = this.#options;
    const advance = await intake.apply(input, this.#evidence);
    await this.#raise(advance.redFlags, 'answer', undefined);
    if (!isOver(advance.step)) return this.#say(replyOf(advance, script));
    await this.#finish(advance);
    throw new voice.StopResponse();
  }

  async #finish(advance: Advance): Promise<void> {
    const { step } = advance;
    if (this.#isOver || !isOver(step)) return;
    const { log, script, alert } = this.#options;
    const words = [this.takeScripts(), replyOf(advance, script).say_next].join(' ').trim();
    if (step.kind === 'complete') return this.#over('complete', words);
    await log.append('hand-over', { reason: step.reason });
    alert({ id: step.reason, urgent: step.reason === 'red-flag' });
    this.#over('handed-over', words);
  }

  #over(outcome: Outcome, words: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onOver(outcome, words);
  }

  async #raise(
    flags: readonly FiredRedFlag[],
    lane: 'phrase' | 'answer',
    words: string | undefined,
  ): Promise<void> {
    const { log, alert, consent } = this.#options;
    const kept = words !== undefined && consent.isGiven ? { words } : {};
    for (const { id, severity, action, linkId, script } of flags) {
      this.#scripts.push(script);
      await log.append('red-flag', {
        id,
        severity,
        action,
        lane,
        ...(linkId === undefined ? {} : { linkId }),
        ...('words' in kept ? { piiWords: kept.words } : {}),
      });
      if (action !== 'say') alert({ id, urgent: severity !== 'concern', ...kept });
    }
  }

  #say(reply: Reply): Reply {
    this.#reply = reply.say_next;
    return reply;
  }
}

const wordCount = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;
