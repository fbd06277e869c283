import { voice } from '@livekit/agents';
import type { Definition } from '@vestibule/questionnaire';
import type { CallLog, CallState } from '@vestibule/record';
import type { Consent } from '../conversation/consent.ts';
import type { Course } from '../conversation/course.ts';
import type { GiveUp } from '../conversation/ending.ts';
import type { OwnQuestion } from '../conversation/own-question.ts';
import type { Reply } from '../conversation/phrasing.ts';
import type { Resumption } from '../conversation/resumption.ts';
import type { Calling } from './calling.ts';
import { Identifier, identifiersIn } from './identifiers.ts';
import { MayCallBack, WhoIsThere } from './own-questions.ts';
import { type Said, saidAboutCalls } from './wishes.ts';
import type { CallBackWords } from './words.ts';

export interface TalkOptions {
  calling: Calling;
  log: CallLog;
  words: CallBackWords;
  consent: Consent;
  resumption: Resumption;
  state: CallState;
  /** The organisation's day, YYYY-MM-DD. */
  today: string;
  definition: Definition;
}

/** All that is said in a call about calling back, in either direction. */
export class CallBackTalk {
  /** Asked before the recording consent, and after it. */
  readonly first: readonly OwnQuestion[];
  readonly afterConsent: readonly OwnQuestion[];
  readonly #options: TalkOptions;
  readonly #who: WhoIsThere | undefined;
  readonly #identifiers: readonly Identifier[];
  #giveUp: (reason: GiveUp) => Promise<void> = async () => {};

  constructor(options: TalkOptions) {
    this.#options = options;
    const { calling, consent, log, state, words } = options;
    const { isCaller, agreed } = state.callBack ?? {};
    this.#who =
      calling.kind === 'call-back'
        ? new WhoIsThere(log, words, isCaller, (yes, said) => this.#known(yes, said))
        : undefined;
    this.#identifiers = this.#who ? this.#askedFor(this.#who) : [];
    this.first = this.#who ? [this.#who, ...this.#identifiers] : [];
    this.afterConsent = this.#who ? [] : [new MayCallBack(log, words, consent, agreed)];
  }

  /** How the conversation is ended. */
  endsBy(giveUp: (reason: GiveUp) => Promise<void>): void {
    this.#giveUp = giveUp;
  }

  /** What a turn says about calls, where that is for us: undefined for anything else. */
  find(text: string): Said | undefined {
    const { consent, today } = this.#options;
    const isIdentifying = this.#identifiers.some(({ isOpen }) => isOpen);
    const said = saidAboutCalls(text, today, this.#who?.isOpen === true);
    // Without the record of the call there would be nothing to call back about.
    if (said?.wish === 'later' && !this.#who && !consent.isGiven) return undefined;
    return said ?? (isIdentifying ? { wish: 'identifier' } : undefined);
  }

  /** @throws voice.StopResponse when it ends the conversation */
  async take(said: Said, text: string, course: Course): Promise<Reply> {
    const { log, words } = this.#options;
    const piiWords = this.#options.consent.isGiven ? text : '';
    switch (said.wish) {
      case 'identifier':
        return course.takeOwn(
          this.#identifiers.find(({ isOpen }) => isOpen)!,
          text,
        );
      case 'it-is-me':
        return course.takeOwn(this.#who!, 'yes');
      case 'machine':
        await log.append('call-back', { step: 'machine', code: 'words' });
        return this.#end('is-not-caller');
      case 'wrong-number':
        await log.append('call-back-wish', { wish: 'wrong-number', piiWords });
        return this.#end('wrong-number');
      case 'never':
        await log.append('call-back-wish', { wish: 'withdrawn', piiWords });
        if (this.#who) return this.#end('no-more-calls');
        return course.say({ accepted: true, say_next: `${words.noted} ${course.asked.question}` });
      case 'later': {
        const when = said.when === undefined ? {} : { piiWhen: said.when };
        const act = async (): Promise<never> => {
          await log.append('call-back-wish', { wish: 'asked-for', piiWords, ...when });
          return this.#end('wants-call-back');
        };
        return said.isPlain ? act() : course.askWhether(words.wantsCallBack, act);
      }
    }
  }

  /** Of what the earlier call has, as many as are wanted. */
  #askedFor(who: WhoIsThere): Identifier[] {
    const { calling, definition, resumption, today } = this.#options;
    const wanted = calling.kind === 'call-back' ? calling.identifiers : 0;
    const known = identifiersIn(definition, resumption.offered ?? [], today).slice(0, wanted);
    if (known.length < wanted) return [];
    return known.map((one, at) => {
      const isAsked = () => who.isGiven && resumption.isOpen;
      return new Identifier(
        one,
        isAsked,
        (isSame) => this.#identified(isSame, at === known.length - 1),
        today,
      );
    });
  }

  async #identified(isSame: boolean, isLast: boolean): Promise<void> {
    const { log, resumption } = this.#options;
    if (!isSame) {
      await log.append('call-back-wish', { wish: 'not-identified', piiWords: '' });
      return this.#end('not-identified');
    }
    if (isLast) await resumption.settle(true, '');
  }

  /** Nobody but the caller goes on with what the caller began, and where identifiers are wanted that are not there, nobody. */
  async #known(isCaller: boolean, words: string): Promise<void> {
    const { calling, resumption } = this.#options;
    if (!isCaller) return this.#end('is-not-caller');
    if (!resumption.isOpen || this.#identifiers.length > 0) return;
    await resumption.settle(calling.kind === 'call-back' && calling.identifiers === 0, words);
  }

  async #end(reason: GiveUp): Promise<never> {
    await this.#giveUp(reason);
    throw new voice.StopResponse();
  }
}
