import { voice } from '@livekit/agents';
import { identified, type Input, type Step } from '@vestibule/questionnaire';
import type { Heard } from '../speech/hearing.ts';
import { Alarms, type Lane } from './alarms.ts';
import { Asked, type AskedOptions } from './asked.ts';
import { Claims } from './claims.ts';
import { Ending, type EndingOptions } from './ending.ts';
import type { Advance, Origin, Way } from './intake.ts';
import type { OwnQuestion } from './own-question.ts';
import { isOver, type Reply, replyOf } from './phrasing.ts';
import { Wish } from './wish.ts';

export type CourseOptions = EndingOptions &
  AskedOptions & {
    /** The patient that was looked up before a take-over. */
    patient?: object | undefined;
    /** When the call began, ms since the epoch; what was heard counts from there. */
    beganAt?: number | undefined;
    /**
     * A red flag fired in mid-turn: its script is there to be taken, unless the conversation is over and says it with its last words. Or it has a
     * question, which is there to be taken.
     */
    onAlarm?: ((lane: Lane, isOver: boolean) => void) | undefined;
  };

/** Told to a model that claims what nobody heard. */
export const unheard = 'The caller was not heard to say so; put the question';

const mostDenials = 3;
/** Told to a model that goes on claiming what the caller denied. */
const unwanted = 'The caller was asked, and said no; put the question';

/** Told to a model that answers what was asked before a red flag's question came up. */
const flagFirst = 'The question about a red flag comes first; what was said before it is no answer to it';

/** The course of a conversation: what is taken goes to the engine, or to our own questions, and what is to be said next comes back. */
export class Course {
  readonly asked: Asked;
  readonly alarms: Alarms;
  readonly ending: Ending;
  readonly claims: Claims;
  /** What the turn at hand rests on. */
  evidence: Heard | undefined;
  /** The same, while nothing of it has been taken. */
  untaken: Heard | undefined;
  /** The patient that was looked up, as FHIR has it; used once the caller has told who they are. */
  patient: object | undefined;
  /** In this turn the question at hand was answered in vain once: that counts once, however often a model tries. */
  isInVain = false;
  readonly #options: CourseOptions;
  /** A red flag's question that came up beside the turn: when, ms of the call, and whether its words are still to be taken. */
  #flagQuestion: { flag: string; sinceMs: number; isTaken: boolean } | undefined;
  /** What the caller said they do not want, how often, and where the intake stood. */
  readonly #denied = new Map<string, { step: Step; times: number }>();
  #reply: string | undefined;

  constructor(options: CourseOptions) {
    this.#options = options;
    this.asked = new Asked(options);
    this.ending = new Ending(options);
    options.callBack?.endsBy((reason) => this.ending.giveUp(reason));
    this.alarms = new Alarms(options.log, options.consent, options.alert);
    this.patient = options.patient;
    this.claims = new Claims(options.intake, this.asked, options.consent);
  }

  /** The caller has told who the patient is, of whom something was looked up. */
  get isIdentified(): boolean {
    const { definition, state } = this.#options.intake;
    const patient = this.patient ?? (state.context?.['patient'] as object | undefined);
    return patient !== undefined && identified(definition, state, patient).ok;
  }

  /** What the caller said in the turn at hand. */
  get text(): string {
    return this.evidence?.text ?? '';
  }

  /** The words that the last act gave to be said, once. */
  takeReply(): string | undefined {
    const reply = this.#reply;
    this.#reply = undefined;
    return reply;
  }

  newTurn(heard: Heard | undefined): void {
    this.evidence = this.untaken = heard;
    this.isInVain = false;
    this.claims.newTurn(heard?.text ?? '');
  }

  /** The question of a red flag that came up beside the turn, once; empty when there is none. */
  takeFlagQuestion(): string {
    const question = this.#flagQuestion;
    if (!this.hasFlagQuestion || !question) return '';
    question.isTaken = true;
    return this.asked.question;
  }

  get hasFlagQuestion(): boolean {
    const { flag } = this.asked;
    return flag !== undefined && this.#flagQuestion?.flag === flag && !this.#flagQuestion.isTaken;
  }

  /** What this turn rests on was said before the question that is asked now came up: a "no" to something else must not deny a red flag. */
  get isTooEarly(): boolean {
    const { flag } = this.asked;
    if (flag === undefined || this.#flagQuestion?.flag !== flag) return false;
    return this.evidence !== undefined && this.evidence.startMs < this.#flagQuestion.sinceMs;
  }

  /** @throws voice.StopResponse when it ends the conversation */
  async take(input: Input, by: Way): Promise<Reply> {
    if (this.isTooEarly) return this.putFlagQuestion();
    this.untaken = undefined;
    const wasFlag = this.asked.flag !== undefined;
    const advance = await this.#apply(input, by, this.evidence);
    await this.alarms.raise(advance.redFlags, 'answer');
    const { step } = (await this.#useLookUp()) ?? advance;
    const reply = replyOf({ ...advance, step }, this.#options.script);
    if (input.kind === 'unclear' || !reply.accepted) this.isInVain = true;
    // A question of ours comes next: whether the patient is there, or what a red flag's question came before.
    const isOurs = this.asked.isPatientAwaited || (wasFlag && this.asked.own !== undefined && !isOver(step));
    if (isOurs) return this.say({ ...reply, say_next: this.asked.question });
    if (!isOver(step)) return this.say(reply);
    await this.#finish({ ...advance, step });
    throw new voice.StopResponse();
  }

  async takeOwn(own: OwnQuestion, ...words: string[]): Promise<Reply> {
    this.untaken = undefined;
    this.isInVain = !(await own.answer(...words));
    if (this.isInVain)
      return this.say({ accepted: false, problem: 'Neither a yes nor a no', say_next: own.again });
    await this.#endWhereOver();
    const { item, question } = this.asked;
    const say_next = `${own.thanks} ${question}`.trim();
    return this.say({ accepted: true, say_next, ...(item ? { item: item.linkId } : {}) });
  }

  putFlagQuestion(): Reply {
    this.takeFlagQuestion();
    return this.refuse(flagFirst);
  }

  /** Nothing usable was heard. */
  unclear(by: Way): Promise<Reply> {
    const { own, flag } = this.asked;
    if (own) return this.takeOwn(own);
    // The words in which a red flag was found are no answer to its question, which comes after them.
    const { questioned = [] } = this.#options.intake.state;
    const isMention = questioned.some(({ id, words }) => id === flag && words === this.text);
    return this.take({ kind: 'unclear', ...(isMention ? { words: this.text } : {}) }, by);
  }

  /** The caller was not heard to want it: they are asked. Who said no three times is not asked again before the intake has moved on. */
  askWhether(question: string, act: () => Promise<unknown>, problem = unheard): Reply {
    const { intake } = this.#options;
    const { step } = intake;
    const denied = this.#denied.get(question);
    const times = denied?.step === step ? denied.times : 0;
    if (times >= mostDenials) return this.refuse(unwanted);
    const deny = () => this.#denied.set(question, { step, times: times + 1 });
    this.asked.wish = new Wish(question, (yes) => (yes ? act() : deny()));
    return this.refuse(problem);
  }

  refuse(problem: string): Reply {
    return this.say({ accepted: false, problem, say_next: this.asked.question });
  }

  say(reply: Reply): Reply {
    this.#reply = reply.say_next;
    return reply;
  }

  /** Words that fired a red flag, or that a model says do: an answer they are besides. @returns whether it ends the conversation. */
  async alarm(input: Input, by: Way, heard: Origin['heard'], lane: Lane): Promise<boolean> {
    const before = this.asked.flag;
    const advance = await this.#apply(input, by, heard);
    await this.alarms.raise(advance.redFlags, lane, heard?.text ?? '');
    const { flag } = this.asked;
    const isAsked = lane === 'second-model' && flag !== undefined && flag !== before;
    if (isAsked) {
      const sinceMs = (advance.atMs ?? NaN) - (this.#options.beganAt ?? NaN);
      this.#flagQuestion = { flag, sinceMs, isTaken: false };
    }
    const isEnd = isOver(advance.step) && !this.asked.isPatientAwaited;
    if (isAsked || advance.redFlags.length > 0) this.#options.onAlarm?.(lane, isEnd);
    if (isEnd) await this.#finish(advance);
    return isEnd;
  }

  /** The words to be said after an act; none when it ended the conversation. */
  async wordsAfter(act: () => Promise<Reply>): Promise<string | undefined> {
    try {
      await act();
      return [this.alarms.takeScripts(), this.takeReply() ?? ''].join(' ').trim();
    } catch (error) {
      if (error instanceof voice.StopResponse) return undefined;
      throw error;
    }
  }

  /** What was looked up goes to the questionnaire that asks for it, once as many identifiers as it wants are confirmed and match. */
  async #useLookUp(): Promise<Advance | undefined> {
    const { definition } = this.#options.intake;
    const { patient } = this;
    if (!patient || definition.logic?.launch.includes('patient') !== true) return undefined;
    if (!this.isIdentified) return undefined;
    this.patient = undefined;
    return this.#apply({ kind: 'context', context: { patient } }, 'looked-up', undefined);
  }

  #apply(input: Input, by: Way, heard: Origin['heard']): Promise<Advance> {
    const { intake, script } = this.#options;
    if (!isProvisional(heard)) return intake.apply(input, { by, heard, prompts: script.version });
    const { confidence: _, ...interim } = heard;
    return intake.apply(input, { by, heard: interim, isProvisional: true, prompts: script.version });
  }

  /** An answer to a question of ours may have settled what the questionnaire waited for. */
  async #endWhereOver(): Promise<void> {
    const { step } = this.asked;
    if (!step || !isOver(step) || this.ending.isOver) return;
    await this.#finish({ step, events: [], redFlags: [] });
    throw new voice.StopResponse();
  }

  async #finish(advance: Advance): Promise<void> {
    if (!isOver(advance.step)) return;
    const words = [this.alarms.takeScripts(), replyOf(advance, this.#options.script).say_next];
    await this.ending.finish(advance.step, words.join(' ').trim());
  }
}

const isProvisional = (heard: Origin['heard']): heard is Heard => heard?.isProvisional === true;
