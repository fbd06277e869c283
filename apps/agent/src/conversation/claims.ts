import { canonicalJson } from '@vestibule/core';
import { catalogueOf, type Item, parseAnswer, parseYesNo } from '@vestibule/questionnaire';
import type { Asked } from './asked.ts';
import type { Consent } from './consent.ts';
import { HeardWords } from './heard-words.ts';
import type { Intake } from './intake.ts';
import type { OwnQuestion } from './own-question.ts';
import { patientItem } from './patient-there.ts';

interface Put {
  linkId?: string | undefined;
  /** The link of what was read back, where something was. */
  readBack?: string | undefined;
}

/** `heard`: the caller said it, to this. `doubtful`: they were asked, or said it to something else, and may have meant it. `invented`: neither. */
export type Standing = 'heard' | 'doubtful' | 'invented';

/**
 * What a model claims that the caller said, held against what they were heard to say. It understands better than any list of words, so what it claims of
 * the question at hand is at worst doubtful, and read back; of anything else the caller must have said it, and is asked where they did not say what it is about.
 */
export class Claims {
  readonly words = new HeardWords();
  readonly #intake: Intake;
  readonly #asked: Asked;
  readonly #consent: Consent;
  /** What was asked before the caller spoke, and what they said. */
  #turn: Put & { text: string } = { text: '' };
  #noted: Put | undefined;

  constructor(intake: Intake, asked: Asked, consent: Consent) {
    this.#intake = intake;
    this.#asked = asked;
    this.#consent = consent;
  }

  /** The caller answers what is asked now. What their own words bring up, the question of a red flag, has not been put yet. */
  noteAsked(asked: Pick<Asked, 'step' | 'item'> = this.#asked): void {
    const { step } = asked;
    const isNew =
      step?.kind === 'readBack' && step.flag !== undefined && this.#noted?.readBack !== step.linkId;
    if (!isNew || this.#noted === undefined) this.#noted = putBy(asked);
  }

  /** `text`: what the turn rests on. */
  newTurn(text: string): void {
    this.#turn = { ...(this.#noted ?? this.#put), text };
    this.#noted = undefined;
  }

  get #put(): Put {
    return putBy(this.#asked);
  }

  /** A value was read back before the caller spoke, and is waiting for their word. */
  get wasReadBack(): boolean {
    const { readBack } = this.#turn;
    return readBack !== undefined && readBack === this.#put.readBack;
  }

  isAsked(item: string): boolean {
    const { linkId } = this.#turn;
    return linkId !== undefined && (item === linkId || item.split('#')[0] === linkId.split('#')[0]);
  }

  /** An answer to an item, the questionnaire's own. One that there is not is the engine's to refuse. */
  ofAnswer(linkId: string, answer: string): Standing {
    const item = this.#item(linkId);
    if (!item) return 'heard';
    const isAsked = this.isAsked(linkId);
    const support = this.words.support(item, answer, isAsked, this.#intake.today);
    if (support !== undefined) return support === 'to-it' ? 'heard' : 'doubtful';
    return isAsked && this.#turn.text !== '' ? 'doubtful' : 'invented';
  }

  /**
   * What an answer to one of our own questions may rest on: the caller's words where they say yes or no; a model's yes only where there is a yes in them, nor
   * its no where that would end the call. One that is settled (consent is taken back at any time) is not named by accident.
   */
  wordsFor(own: OwnQuestion, answer: string): string[] | undefined {
    const { text } = this.#turn;
    if (!own.isOpen && own === this.#consent && !/\b(?:record|transcri|tap(?:e|ing)\b)/i.test(text))
      return undefined;
    if (parseYesNo(text, own.question)) return [text];
    if (own.item === patientItem) return [text];
    const claimed = parseYesNo(answer, own.question);
    return claimed?.yes === true && !saysYes(text, own.question) ? [text] : [answer, text];
  }

  /** What the caller said to what was read back, when a model says whether they agreed; undefined where they said neither. */
  verdict(correct: boolean): boolean | undefined {
    const { text } = this.#turn;
    const said = parseYesNo(text)?.yes;
    if (said !== undefined) return said;
    if (correct) return saysYes(text) || this.#repeats(text) ? true : undefined;
    // A "no" that nobody heard: a scrap of a misheard "yes" must not throw away a value that was right.
    return saysYes(text) || text.split(/\s+/).filter((word) => word !== '').length <= 2 ? undefined : false;
  }

  #repeats(text: string): boolean {
    const { step, item } = this.#asked;
    if (step?.kind !== 'readBack' || !item) return false;
    const said = parseAnswer(item, text, { today: this.#intake.today });
    return said.ok && canonicalJson(said.value) === canonicalJson(step.value);
  }

  #item(linkId: string): Item | undefined {
    const { byLink } = catalogueOf(this.#intake.definition, this.#intake.state);
    return (byLink.get(linkId) ?? byLink.get(linkId.split('#')[0] ?? ''))?.item;
  }
}

/** A yes somewhere in the words, whatever else they say. */
const saysYes = (text: string, question?: string) =>
  text.split(/[,.;!?]|\b(?:and|but)\b/).some((piece) => parseYesNo(piece, question)?.yes === true);

const putBy = ({ item, step }: Pick<Asked, 'step' | 'item'>): Put => ({
  linkId: item?.linkId,
  readBack: step?.kind === 'readBack' ? step.linkId : undefined,
});
