import { voice } from '@livekit/agents';
import { type Caller, callerOf, parseYesNo } from '@vestibule/questionnaire';
import type { IntakeActions } from '../tools/intake-tools.ts';
import { type Course, unheard } from './course.ts';
import type { GiveUp } from './ending.ts';
import type { Intake } from './intake.ts';
import type { OneAtATime } from './one-at-a-time.ts';
import type { OwnQuestion } from './own-question.ts';
import { patientItem } from './patient-there.ts';
import type { Reply } from './phrasing.ts';
import { plainWords } from './plain-words.ts';
import type { Script } from './script.ts';
import { asksForPerson } from './wants-person.ts';
import { refuses, speaksAs, wantsToStop } from './wish.ts';

/** Told to a model whose claim that the caller wants a person does not hold. */
const notSpoken = 'The caller has said nothing since the question was put; put it again';
const noPerson = 'The caller said that they want no person; go on with the question';
const otherWords =
  'These are not the caller’s words of this turn; pass theirs. They are asked now whether they want a person';
const noWish =
  'These words ask for no person. The caller is asked now whether they want one; record what they say';

/** One attempt is left to the caller's own words then. */
const mostReadBack = 2;

export interface ModelActsOptions {
  course: Course;
  acts: OneAtATime;
  intake: Intake;
  consent: OwnQuestion;
  script: Script;
}

/** What a model's tools do: nothing that the caller was not heard to say or want is done on its word alone. */
export class ModelActs implements IntakeActions {
  readonly #options: ModelActsOptions;
  /** How often what the caller was not heard to say was taken, to be read back, by item. */
  readonly #readBack = new Map<string, number>();

  constructor(options: ModelActsOptions) {
    this.#options = options;
  }

  recordAnswer(item: string, answer: string): Promise<Reply> {
    return this.#act(async (course) => {
      const { asked, claims, text, evidence } = course;
      const { script } = this.#options;
      const own = this.#ownQuestion(item);
      if (course.isInVain && (own || claims.isAsked(item))) return course.refuse(unheard);
      if (own) return this.#answerOwn(own, answer);
      if (asked.own) return course.refuse(`Item ${asked.own.item} must be answered first`);
      const said = parseYesNo(answer);
      if (asked.step?.kind === 'readBack' && asked.item?.linkId === item && said?.unused.length === 0)
        return this.#takeVerdict(said.yes, undefined);
      const standing = claims.ofAnswer(item, answer);
      if (standing === 'invented') return course.refuse(unheard);
      if (standing === 'doubtful' && this.#isRejected(item)) return course.refuse(unheard);
      const confidence = evidence?.confidence ?? 1;
      const doubt = standing === 'doubtful' ? { unheard: true as const } : {};
      const origin = { confidence, lane: 'model' as const, ...doubt };
      const input = { kind: 'answer' as const, linkId: item, value: answer, words: text, evidence: origin };
      const reply = await course.take(input, 'model-tool');
      const isUnasked = standing === 'doubtful' && !claims.isAsked(item);
      return isUnasked && asked.step?.kind === 'readBack' && asked.item?.linkId === item
        ? course.say({ ...reply, say_next: `${script.otherQuestion} ${asked.item.prompt} ${reply.say_next}` })
        : reply;
    });
  }

  confirmReadBack(correct: boolean, correction: string | undefined): Promise<Reply> {
    return this.#act(() => this.#takeVerdict(correct, correction));
  }

  declineItem(item: string, reason: 'declined' | 'unknown'): Promise<Reply> {
    return this.#act(async (course) => {
      const { asked, claims, text } = course;
      const own = this.#ownQuestion(item);
      if (own) return this.#answerOwn(own, 'no');
      if (asked.own || !claims.isAsked(item)) return course.refuse(unheard);
      const kind = reason === 'declined' ? 'decline' : 'unknown';
      const decline = () => course.take({ kind, linkId: item }, 'model-tool');
      return refuses(text) ? decline() : course.askWhether(this.#options.script.leaveOut, decline);
    });
  }

  notUnderstood(): Promise<Reply> {
    return this.#act((course) => (course.isInVain ? course.refuse(unheard) : course.unclear('model-tool')));
  }

  reportRedFlag(id: string): Promise<Reply> {
    return this.#act(async (course) => {
      const { asked, evidence } = course;
      const isNew = !this.#options.intake.state.flagged.includes(id);
      const input = { kind: 'flag', id, words: course.text } as const;
      if (isNew && (await course.alarm(input, 'red-flag-model', evidence, 'model-tool')))
        throw new voice.StopResponse();
      return course.say({ accepted: true, say_next: asked.question });
    });
  }

  noteCaller(who: Caller): Promise<Reply> {
    return this.#act((course) => {
      const { asked, text } = course;
      const { intake, script } = this.#options;
      if (callerOf(intake.state) === who) return course.say({ accepted: true, say_next: asked.question });
      if (asked.own && asked.own.item !== patientItem)
        return course.refuse(`Item ${asked.own.item} must be answered first`);
      const note = () => course.take({ kind: 'caller', caller: who }, 'model-tool');
      const question = who === 'proxy' ? script.isProxy : script.isPatient;
      return speaksAs(who, text) ? note() : course.askWhether(question, note);
    });
  }

  requestHuman(words: string): Promise<Reply> {
    return this.#act((course) => {
      const { text } = course;
      if (text.trim() === '') return course.refuse(notSpoken);
      const asks = asksForPerson(text);
      if (asks === false) return course.refuse(noPerson);
      const isQuoted = plainWords(text).includes(plainWords(words));
      if (asks === true && isQuoted) return this.#giveUp('wants-person');
      const problem = isQuoted ? noWish : otherWords;
      return course.askWhether(this.#options.script.wantsPerson, () => this.#giveUp('wants-person'), problem);
    });
  }

  endCall(reason: 'wants-person' | 'wants-to-stop'): Promise<Reply> {
    // As models asked for a person before they had a tool for it; records have it so.
    if (reason === 'wants-person') return this.requestHuman(this.#options.course.text);
    return this.#act((course) => {
      const end = () => this.#giveUp(reason);
      return wantsToStop(course.text) ? end() : course.askWhether(this.#options.script.wantsToStop, end);
    });
  }

  async #giveUp(reason: GiveUp): Promise<never> {
    await this.#options.course.ending.giveUp(reason);
    throw new voice.StopResponse();
  }

  #act(act: (course: Course) => Promise<Reply> | Reply): Promise<Reply> {
    const { acts, course } = this.#options;
    return acts.run(async () => act(course));
  }

  async #answerOwn(own: OwnQuestion, answer: string): Promise<Reply> {
    const { course } = this.#options;
    const words = course.claims.wordsFor(own, answer);
    return words ? course.takeOwn(own, ...words) : course.refuse(unheard);
  }

  #takeVerdict(correct: boolean, correction: string | undefined): Promise<Reply> {
    const { course, intake } = this.#options;
    const { claims, text, asked } = course;
    if (course.isInVain || !claims.wasReadBack) return Promise.resolve(course.refuse(unheard));
    const yes = claims.verdict(correct);
    if (yes === undefined) return course.unclear('model-tool');
    const { item } = asked;
    const isHeard =
      correction !== undefined && item && claims.words.support(item, correction, true, intake.today);
    return course.take({ kind: 'confirm', yes, words: isHeard ? correction : text }, 'model-tool');
  }

  /** Whether what nobody was heard to say was read back so often that it is not once more: each "no" would cost the caller an attempt. */
  #isRejected(item: string): boolean {
    const times = this.#readBack.get(item) ?? 0;
    this.#readBack.set(item, times + 1);
    return times >= mostReadBack;
  }

  /** Our own question of that name: the one that stands, or consent, which may be given and taken back at any time. */
  #ownQuestion(item: string): OwnQuestion | undefined {
    const { own } = this.#options.course.asked;
    const { consent } = this.#options;
    return own?.item === item ? own : consent.item === item ? consent : undefined;
  }
}
