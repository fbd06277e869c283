import { voice } from '@livekit/agents';
import { type Input, type Item, parseYesNo, redFlagsIn, type Step } from '@vestibule/questionnaire';
import { type CallState, modelLost, type Payload } from '@vestibule/record';
import type { Keyed } from '../call/keypad.ts';
import type { Heard } from '../speech/hearing.ts';
import type { IntakeActions } from '../tools/intake-tools.ts';
import { Alarms } from './alarms.ts';
import { Asked, type AskedOptions } from './asked.ts';
import { Ending, type EndingOptions, type GiveUp } from './ending.ts';
import { bluntly, type Plain, plainly } from './fast-lane.ts';
import { Idling } from './idling.ts';
import type { Advance, Origin, Way } from './intake.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { OwnQuestion } from './own-question.ts';
import { isOver, type Reply, replyOf, wordsOf } from './phrasing.ts';

export type { Outcome } from './ending.ts';

export type ConversationOptions = EndingOptions &
  AskedOptions & {
    /** After a take-over: the worker before had lost its models. */
    withoutModel?: boolean | undefined;
  };

/**
 * What is talked about: first consent and whether to go on with an earlier call, then the questionnaire, which leads. The model's tools land here; each
 * answer goes to the engine, and the engine's next step comes back as the words to say. One thing happens at a time, in
 * the order in which it came: what is heard, keyed and called, in the order of the log, gives the same conversation again.
 */
export class Conversation implements IntakeActions {
  readonly #options: ConversationOptions;
  readonly #acts = new OneAtATime();
  readonly #idling = new Idling();
  readonly #asked: Asked;
  readonly #alarms: Alarms;
  readonly #ending: Ending;
  /** What was heard since the last turn, and what the turn at hand rests on. */
  #heard: Heard | undefined;
  #evidence: Heard | undefined;
  #reply: string | undefined;
  /** False once every model has failed for good. */
  #hasModel: boolean;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#asked = new Asked(options);
    this.#ending = new Ending(options);
    this.#hasModel = options.withoutModel !== true;
    this.#alarms = new Alarms(options.log, options.consent, options.alert);
  }

  /** For the system prompt: the question that stands, and the state of the intake. */
  get situation(): string {
    return this.#asked.situation;
  }

  /** The question that stands, to be put (again). */
  get question(): string {
    return this.#asked.question;
  }

  /** What is asked now; undefined while it is a question of our own. */
  get step(): Step | undefined {
    return this.#asked.step;
  }

  /** The item that is asked or read back now. */
  get item(): Item | undefined {
    return this.#asked.item;
  }

  /** How many keys answer what is asked now, where that is certain. */
  get keysExpected(): number | undefined {
    return this.#asked.keysExpected;
  }

  get today(): string {
    return this.#options.intake.today;
  }

  /** The words that the last tool gave to be said, once: the questionnaire's own, so no model needs to repeat them. */
  takeReply(): string | undefined {
    const reply = this.#reply;
    this.#reply = undefined;
    return reply;
  }

  /** Scripts of red flags raised since last asked: said before anything else. */
  takeScripts(): string {
    return this.#alarms.takeScripts();
  }

  /** To be said before anything else. */
  addScript(words: string): void {
    this.#alarms.addScript(words);
  }

  get isOver(): boolean {
    return this.#ending.isOver;
  }

  /** An earlier call was found that the caller may go on with; the log has it. */
  offer(earlier: Payload<'earlier'>): void {
    if (this.#options.consent.isOpen) this.#options.resumption.offer(earlier);
  }

  /** After a take-over: does what the log calls for and the worker before did not come to. */
  resume(state: CallState): Promise<void> {
    const { intake, script } = this.#options;
    const lastWords = () => [this.takeScripts(), wordsOf(intake.step, script)].join(' ').trim();
    return this.#acts.run(async () => {
      await this.#alarms.resume(intake.fired, state);
      await this.#ending.resume(intake.step, lastWords);
    });
  }

  onFinal(heard: Heard): void {
    this.#heard = this.#heard === undefined ? heard : joined(this.#heard, heard);
  }

  /** The red flags' own lane: phrases are looked for in everything heard, partial or not, from the first word of the call. */
  watch({ text, startMs, endMs }: Heard): Promise<void> {
    const { intake } = this.#options;
    return this.#acts.run(async () => {
      const flagged = redFlagsIn(intake.definition, text);
      if (flagged.every(({ id }) => intake.state.flagged.includes(id))) return;
      const heard = { text, startMs, endMs };
      const advance = await this.#apply({ kind: 'heard', words: text }, 'red-flag-phrase', heard);
      await this.#alarms.raise(advance.redFlags, text);
      await this.#finish(advance);
    });
  }

  /**
   * The caller's turn is over: a plain answer goes to the engine at once, anything else is the model's. A turn that moves nothing is
   * welcome now and then; a model that moves nothing for ever is not. @returns the words to say in the model's place, `undefined` when it
   * is asked.
   */
  turn(): Promise<string | undefined> {
    const heard = this.#heard;
    this.#heard = undefined;
    this.#note('speech');
    return this.#acts.run(async () => {
      this.#evidence = heard ?? this.#evidence;
      const isTooLong = this.#idling.isTooLong(this.step);
      if (!this.#hasModel) return this.#turnWithoutModel(heard);
      const said = heard && plainly(heard, this.#asked, this.today);
      if (said !== undefined) return this.#wordsAfter(() => this.#takePlain(said));
      return isTooLong ? this.#wordsAfter(() => this.#unclear('idle-turns')) : undefined;
    });
  }

  /**
   * No model answers any more: from here on the engine goes on with its own words, plain answers and the keypad. @returns the words to say.
   */
  loseModel(): Promise<string> {
    return this.#acts.run(async () => {
      if (this.#hasModel) await this.#options.log.append('error', modelLost);
      this.#hasModel = false;
      return `${this.#options.script.withoutModel} ${this.question}`;
    });
  }

  async #turnWithoutModel(heard: Heard | undefined): Promise<string | undefined> {
    const said = heard && bluntly(heard, this.#asked, this.today);
    if (said !== 'person')
      return this.#wordsAfter(() => (said === undefined ? this.#unclear('no-model') : this.#takePlain(said)));
    await this.#ending.giveUp('wants-person');
    return undefined;
  }

  async #takePlain(said: Plain): Promise<Reply> {
    if (said === 'again') return this.#say({ accepted: true, say_next: this.question });
    return 'own' in said ? this.#takeOwn(said.own, said.words) : this.#take(said, 'typed-parse');
  }

  recordAnswer(item: string, answer: string): Promise<Reply> {
    return this.#acts.run(async () => {
      const { text, confidence = 1 } = this.#evidence ?? {};
      const own = this.#ownQuestion(item);
      if (own) return this.#takeOwn(own, answer, text ?? '');
      if (this.#asked.own) {
        const problem = `Item ${this.#asked.own.item} must be answered first`;
        return this.#say({ accepted: false, problem, say_next: this.question });
      }
      const evidence = { confidence, lane: 'model' as const };
      const words = text ?? answer;
      return this.#take({ kind: 'answer', linkId: item, value: answer, words, evidence }, 'model-tool');
    });
  }

  confirmReadBack(correct: boolean, correction: string | undefined): Promise<Reply> {
    return this.#acts.run(async () => {
      const heard = this.#evidence?.text ?? '';
      // A "no" that nobody heard: a scrap of a misheard "yes" must not throw away a value that was right.
      if (!correct && parseYesNo(heard) === undefined && wordCount(heard) <= 2)
        return this.#take({ kind: 'unclear' }, 'model-tool');
      const words = correction ?? (heard || (correct ? 'yes' : 'no'));
      return this.#take({ kind: 'confirm', yes: correct, words }, 'model-tool');
    });
  }

  declineItem(item: string, reason: 'declined' | 'unknown'): Promise<Reply> {
    return this.#acts.run(async () => {
      const own = this.#ownQuestion(item);
      if (own) {
        await own.settle(false, '');
        return this.#settled(own);
      }
      const kind = reason === 'declined' ? 'decline' : 'unknown';
      return this.#take({ kind, linkId: item }, 'model-tool');
    });
  }

  notUnderstood(): Promise<Reply> {
    return this.#acts.run(() => this.#unclear('model-tool'));
  }

  endCall(reason: 'wants-person' | 'wants-to-stop'): Promise<Reply> {
    return this.#acts.run(async () => {
      await this.#ending.giveUp(reason);
      throw new voice.StopResponse();
    });
  }

  /** Ends the conversation before its time: as the caller wishes, or because a part of ours failed for good. */
  giveUp(reason: GiveUp): Promise<void> {
    return this.#acts.run(() => this.#ending.giveUp(reason));
  }

  /** An answer came by the keypad, past recogniser and model: the words to say now, or none when the call is ending. */
  keyed({ keys, startMs, endMs }: Keyed): Promise<string | undefined> {
    return this.#acts.run(() => {
      this.#evidence = { text: keys, startMs, endMs, confidence: 1 };
      const input = this.#asked.keyed(keys);
      return this.#wordsAfter(() =>
        'own' in input ? this.#takeOwn(input.own, input.words) : this.#take(input, 'keypad'),
      );
    });
  }

  /** Nothing was heard for a while: the words to say now, or none when the call is ending. */
  silence(): Promise<string | undefined> {
    this.#note('silence');
    return this.#acts.run(() => {
      this.#evidence = undefined;
      return this.#wordsAfter(() => this.#unclear('silence'));
    });
  }

  /** Pipelined: when the log refuses it, it refuses what comes after it too. */
  #note(by: 'speech' | 'silence'): void {
    this.#options.log.append('turn', { by }).catch(() => {});
  }

  #unclear(by: Way): Promise<Reply> {
    const { own } = this.#asked;
    return own ? this.#takeOwn(own) : this.#take({ kind: 'unclear' }, by);
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

  /** Our own question of that name: the one that stands, or consent, which may be given and taken back at any time. */
  #ownQuestion(item: string): OwnQuestion | undefined {
    const { own } = this.#asked;
    const { consent } = this.#options;
    return own?.item === item ? own : consent.item === item ? consent : undefined;
  }

  async #takeOwn(own: OwnQuestion, ...words: string[]): Promise<Reply> {
    if (await own.answer(...words)) return this.#settled(own);
    return this.#say({ accepted: false, problem: 'Neither a yes nor a no', say_next: own.again });
  }

  #settled(own: OwnQuestion): Reply {
    const { item } = this;
    return this.#say({
      accepted: true,
      say_next: `${own.thanks} ${this.question}`,
      ...(item ? { item: item.linkId } : {}),
    });
  }

  async #take(input: Input, by: Way): Promise<Reply> {
    const { script } = this.#options;
    const advance = await this.#apply(input, by, this.#evidence);
    await this.#alarms.raise(advance.redFlags);
    if (!isOver(advance.step)) return this.#say(replyOf(advance, script));
    await this.#finish(advance);
    throw new voice.StopResponse();
  }

  #apply(input: Input, by: Way, heard: Origin['heard']): Promise<Advance> {
    const { intake, script } = this.#options;
    return intake.apply(input, { by, heard, prompts: script.version });
  }

  async #finish(advance: Advance): Promise<void> {
    if (!isOver(advance.step)) return;
    const words = [this.takeScripts(), replyOf(advance, this.#options.script).say_next].join(' ').trim();
    await this.#ending.finish(advance.step, words);
  }

  #say(reply: Reply): Reply {
    this.#reply = reply.say_next;
    return reply;
  }
}

/** Finals of one turn as one: what is unsure of it is as unsure as its least sure part. */
const joined = (first: Heard, second: Heard): Heard => ({
  text: `${first.text} ${second.text}`,
  startMs: first.startMs,
  endMs: second.endMs,
  confidence: Math.min(first.confidence, second.confidence),
});

const wordCount = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;
