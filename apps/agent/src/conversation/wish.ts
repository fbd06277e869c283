import type { Caller } from '@vestibule/questionnaire';
import { OwnQuestion } from './own-question.ts';

export const wishItem = 'caller-wish';

/** A model says that the caller wants something which the caller was not heard to want: they are asked. */
export class Wish extends OwnQuestion {
  readonly item = wishItem;
  readonly question: string;
  readonly thanks = '';
  readonly #act: (yes: boolean) => unknown;

  /** `act`: what is done when they have said yes, or no. */
  constructor(question: string, act: (yes: boolean) => unknown) {
    super(undefined);
    this.question = question;
    this.#act = act;
  }

  get again(): string {
    return this.question;
  }

  protected async record(yes: boolean): Promise<void> {
    await this.#act(yes);
  }
}

const refusal =
  /\b(?:rather not|not (?:to )?(?:say|answer|tell|share)|(?:don['’]?t|do not) (?:want|wish|like|care|feel|know|remember|recall)|won['’]?t|will not|not going to|none of your|private|personal|skip|pass|refuse|no comment|next question|not sure|unsure|no (?:idea|clue)|can['’]?t (?:say|tell|remember|recall)|forgot|forget)\b/i;
const stopping =
  /\b(?:stop|quit|cancel|hang up|good ?bye|bye|end (?:this|the) call|not (?:now|today)|later|have to go|got to go|gotta go|no more|leave me|enough|never ?mind|(?:don['’]?t|do not) want (?:this|to (?:go on|continue|do)))\b/i;

const forAnother =
  /\b(?:(?:call(?:ing)?|here|speak(?:ing)?|ask(?:ing)?) (?:for|on behalf of|about) (?:my|our|a|the|some|somebody|someone|him|her|them|his|another)\b|on behalf of|for (?:somebody|someone) else|not the patient|(?:i['’]?m|i am|this is) (?:his|her|their|the patient['’]?s) \w+|for my (?:mother|mom|mum|father|dad|parents?|wife|husband|partner|son|daughter|child|kid|baby|brother|sister|grand\w+|friend|aunt|uncle|neighbou?r))/i;
const forMyself =
  /\b(?:(?:this is|i['’]?m|i am|it['’]?s|it is) (?:the patient|me|him|her|myself|he|she|(?:him|her)self)\b|for myself|(?:he|she|patient) (?:speaking|here)|speaking for myself|patient(?: is)? (?:on the (?:line|phone)))/i;

/** Whether the words can be meant so. */
export const speaksAs = (who: Caller, words: string): boolean =>
  (who === 'proxy' ? forAnother : forMyself).test(words);
export const refuses = (words: string): boolean => refusal.test(words);
export const wantsToStop = (words: string): boolean => stopping.test(words);
