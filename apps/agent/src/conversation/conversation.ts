import type { Item, Step } from '@vestibule/questionnaire';
import { type CallState, modelLost, modelTried, type Payload } from '@vestibule/record';
import type { Keyed } from '../call/keypad.ts';
import type { Heard } from '../speech/hearing.ts';
import type { IntakeActions } from '../tools/intake-tools.ts';
import { CallerTurn } from './caller-turn.ts';
import { Course, type CourseOptions } from './course.ts';
import type { GiveUp } from './ending.ts';
import { bluntly, type Plain, plainly } from './fast-lane.ts';
import type { SpeechRules } from './free-speech.ts';
import { Idling } from './idling.ts';
import { patientIn, tellsOfPerson, withheld } from './looked-up.ts';
import { ModelActs } from './model-acts.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { Foreseen, Standing } from './provisional.ts';
import { type Reply, wordsOf } from './phrasing.ts';
import { RedFlagLanes } from './red-flag-lanes.ts';

export type { Outcome } from './ending.ts';

export type ConversationOptions = CourseOptions & {
  /** After a take-over: whether the worker before had lost its models; undefined when it never had. */
  withoutModel?: boolean | undefined;
};

/**
 * What is talked about: first consent and whether to go on with an earlier call, then the questionnaire, which leads. What the caller says and keys and
 * what a model's tools do lands here; each answer goes to the engine, and the engine's next step comes back as the words to say. One thing happens at a time,
 * in the order in which it came: what is heard, keyed and called, in the order of the log, gives the same conversation again.
 */
export class Conversation {
  /** What a model's tools do. */
  readonly actions: IntakeActions;
  readonly #options: ConversationOptions;
  readonly #acts = new OneAtATime();
  readonly #idling = new Idling();
  readonly #course: Course;
  readonly #redFlags: RedFlagLanes;
  readonly #turn: CallerTurn;
  /** What tools found for the model in this turn. */
  #found: string[] = [];
  /** False while every model has failed. */
  #hasModel: boolean;
  /** The caller was told that only plain answers are understood. */
  #isExplained: boolean;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#course = new Course(options);
    this.#redFlags = new RedFlagLanes(this.#course, options.intake);
    const parts = { ...options, course: this.#course, acts: this.#acts };
    this.#turn = new CallerTurn(parts);
    this.actions = new ModelActs(parts);
    this.#hasModel = options.withoutModel !== true;
    this.#isExplained = options.withoutModel !== undefined;
  }

  /** For the system prompt: the question that stands, and the state of the intake. */
  get situation(): string {
    return this.#course.asked.situation;
  }

  /** The question that stands, to be put (again). */
  get question(): string {
    return this.#course.asked.question;
  }

  /** What is asked now; undefined while it is a question of our own. */
  get step(): Step | undefined {
    return this.#course.asked.step;
  }

  /** The item that is asked or read back now. */
  get item(): Item | undefined {
    return this.#course.asked.item;
  }

  /** How many keys answer what is asked now, where that is certain. */
  get keysExpected(): number | undefined {
    return this.#course.asked.keysExpected;
  }

  get today(): string {
    return this.#options.intake.today;
  }

  get hasModel(): boolean {
    return this.#hasModel;
  }

  get isOver(): boolean {
    return this.#course.ending.isOver;
  }

  /** What a model's free words are held to now. */
  get speechRules(): SpeechRules {
    const { secrets, cannotSay: instead } = this.#options.script;
    return { secrets, instead, question: this.question, found: [...this.#found] };
  }

  /** Words heard of which no turn has been made: the framework passes over a turn while the agent may not be interrupted. */
  get missed(): string | undefined {
    return this.#turn.text;
  }

  /** A tool found this for the model. @returns what the model may see of it */
  onFound(tool: string, text: string): string {
    this.#course.patient = patientIn(tool, text) ?? this.#course.patient;
    const shown = tellsOfPerson(text) && !this.#course.isIdentified ? withheld : text;
    this.#found.push(shown);
    return shown;
  }

  /** The words that the last tool gave to be said, once: the questionnaire's own, so no model needs to repeat them. */
  takeReply(): string | undefined {
    return this.#course.takeReply();
  }

  get hasScripts(): boolean {
    return this.#course.alarms.hasScripts;
  }

  get hasFlagQuestion(): boolean {
    return this.#course.hasFlagQuestion;
  }

  /** The question of a red flag that came up beside the turn, once. */
  takeFlagQuestion(): string {
    return this.#course.takeFlagQuestion();
  }

  /** Scripts of red flags raised since last asked: said before anything else. */
  takeScripts(): string {
    return this.#course.alarms.takeScripts();
  }

  /** What is to be said before the answer to this turn, once. */
  takeLead(): string {
    return this.#turn.takeLead();
  }

  /** To be said before anything else. */
  addScript(words: string): void {
    this.#course.alarms.addScript(words);
  }

  /** An earlier call was found that the caller may go on with; the log has it. */
  offer(earlier: Payload<'earlier'>): void {
    if (this.#options.consent.isOpen) this.#options.resumption.offer(earlier);
  }

  /** After a take-over: does what the log calls for and the worker before did not come to. */
  resume(state: CallState): Promise<void> {
    const { intake, script } = this.#options;
    const { alarms, ending, asked } = this.#course;
    const lastWords = () => [this.takeScripts(), wordsOf(intake.step, script)].join(' ').trim();
    return this.#acts.run(async () => {
      await alarms.resume(intake.fired, state);
      await ending.resume(asked.isPatientAwaited ? undefined : intake.step, lastWords);
    });
  }

  /** What will be said if these interim words are the caller's whole turn, where that is plain. */
  foresee(heard: Heard): Foreseen | undefined {
    return this.#turn.foresee(heard);
  }

  /** They are taken for it, until the final says otherwise. */
  onProvisional(heard: Omit<Heard, 'confidence'>): void {
    this.#turn.onProvisional(heard);
  }

  /** @returns false when interim words, of which a turn was made, have said it already */
  onFinal(heard: Heard): boolean {
    return this.#turn.onFinal(heard);
  }

  /** The red flags' own lane: phrases are looked for in everything heard, partial or not, from the first word of the call. */
  watch(heard: Heard, lane: 'partial' | 'final'): Promise<void> {
    return this.#acts.run(() => this.#redFlags.watch(heard, lane));
  }

  /** A second model found red flags in what was heard. `ask`: none fires before the caller was asked. */
  report(ids: readonly string[], heard: Omit<Heard, 'confidence'>, ask = false): Promise<void> {
    return this.#acts.run(() => this.#redFlags.report(ids, heard, ask));
  }

  /**
   * The caller's turn is over: a plain answer goes to the engine at once, anything else is the model's. A turn that moves nothing is
   * welcome now and then; a model that moves nothing for ever is not. @returns the words to say in the model's place, `undefined` when it
   * is asked.
   */
  turn(): Promise<string | undefined> {
    const { heard, standing } = this.#turn.take();
    this.#note('speech');
    return this.#acts.run(async () => {
      this.#course.newTurn(heard);
      this.#found = [];
      if (this.#course.isTooEarly) return this.#course.putFlagQuestion().say_next;
      const { callBack } = this.#options;
      const call = heard && callBack?.find(heard.text);
      if (call) return this.#course.wordsAfter(() => callBack!.take(call, heard.text, this.#course));
      if (!this.#hasModel) return this.#turnWithoutModel(heard, standing);
      const { asked } = this.#course;
      const said = heard && (plainly(heard, asked, this.today) ?? asked.keyedAloud(heard));
      if (said !== undefined) return this.#course.wordsAfter(() => this.#takePlain(said, standing));
      const idle = this.#idling.turn(asked.name);
      return idle > 0 ? this.#endIdling(heard, idle) : undefined;
    });
  }

  /**
   * No model has answered: the engine takes this turn, and goes on with its own words, plain answers and the keypad. @returns the words to say,
   * none when the call is ending.
   */
  loseModel(): Promise<string | undefined> {
    return this.#acts.run(async () => {
      if (this.isOver) return undefined;
      if (this.#hasModel) await this.#options.log.append('error', modelLost);
      this.#hasModel = false;
      const { untaken } = this.#course;
      const words = untaken ? await this.#turnWithoutModel(untaken) : this.question;
      if (words === undefined || this.#isExplained) return words;
      this.#isExplained = true;
      return `${this.#options.script.withoutModel} ${words}`;
    });
  }

  /** A model is worth asking again. */
  tryModelAgain(): Promise<void> {
    return this.#acts.run(async () => {
      await this.#options.log.append('error', modelTried);
      this.#hasModel = true;
    });
  }

  /** Ends the conversation before its time: as the caller wishes, or because a part of ours failed for good. */
  giveUp(reason: GiveUp): Promise<void> {
    return this.#acts.run(() => this.#course.ending.giveUp(reason));
  }

  /** An answer came by the keypad, past recogniser and model: the words to say now, or none when the call is ending. */
  keyed({ keys, startMs, endMs }: Keyed): Promise<string | undefined> {
    const course = this.#course;
    return this.#acts.run(() => {
      course.newTurn({ text: keys, startMs, endMs, confidence: 1 });
      const input = course.asked.keyed(keys);
      return course.wordsAfter(() =>
        'own' in input ? course.takeOwn(input.own, input.words) : course.take(input, 'keypad'),
      );
    });
  }

  /** Nothing was heard for a while: the words to say now, or none when the call is ending. */
  silence(): Promise<string | undefined> {
    this.#note('silence');
    return this.#acts.run(() => {
      this.#course.newTurn(undefined);
      return this.#course.wordsAfter(() => this.#course.unclear('silence'));
    });
  }

  /** The question is put in other words; the next time, and before a person must help, the engine does without the model. */
  #endIdling(heard: Heard | undefined, times: number): Promise<string | undefined> {
    this.#idling.taken();
    const course = this.#course;
    const { step } = this;
    const isLast = step?.kind === 'ask' && step.attempt >= this.#options.intake.definition.attempts;
    const said = heard && (times > 1 || isLast) ? bluntly(heard, course.asked, this.today) : undefined;
    const isAnswer = said !== undefined && said !== 'person';
    return course.wordsAfter(() => (isAnswer ? this.#takePlain(said) : course.unclear('idle-turns')));
  }

  async #turnWithoutModel(heard: Heard | undefined, standing?: Standing): Promise<string | undefined> {
    const course = this.#course;
    const said = heard && (course.asked.keyedAloud(heard) ?? bluntly(heard, course.asked, this.today));
    if (said !== 'person')
      return course.wordsAfter(() =>
        said === undefined ? course.unclear('no-model') : this.#takePlain(said, standing),
      );
    await course.ending.giveUp('wants-person');
    return undefined;
  }

  async #takePlain(said: Plain, standing?: Standing): Promise<Reply> {
    const course = this.#course;
    if (standing) standing.isApplied = true;
    course.claims.words.useUp(course.text);
    if (said === 'again') return course.say({ accepted: true, say_next: this.question });
    if ('own' in said) return course.takeOwn(said.own, said.words);
    const reply = await course.take(said, 'typed-parse');
    if (said.kind === 'answer') this.#turn.tell(said.linkId);
    return reply;
  }

  /** Pipelined: when the log refuses it, it refuses what comes after it too. */
  #note(by: 'speech' | 'silence'): void {
    this.#options.log.append('turn', { by }).catch(() => {});
  }
}
