import {
  catalogueOf,
  type Input,
  type Item,
  keyedAnswer,
  keyedYesNo,
  keysExpected,
  keysIn,
  keysOf,
  type Step,
} from '@vestibule/questionnaire';
import type { CallBackTalk } from '../call-back/talk.ts';
import type { Heard } from '../speech/hearing.ts';
import type { Consent } from './consent.ts';
import type { Intake } from './intake.ts';
import type { OwnQuestion } from './own-question.ts';
import { PatientThere } from './patient-there.ts';
import { wordsOf } from './phrasing.ts';
import type { Resumption } from './resumption.ts';
import type { Script } from './script.ts';
import type { Wish } from './wish.ts';

export interface AskedOptions {
  intake: Intake;
  consent: Consent;
  resumption: Resumption;
  script: Script;
  /** Where calling back is spoken of. */
  callBack?: CallBackTalk | undefined;
  /** After a take-over: the reason on the log for which the conversation was ending. */
  handedOver?: string | undefined;
}

/** What is asked at the moment: our own questions first, then what the questionnaire says. */
export class Asked {
  readonly #intake: Intake;
  readonly #ownQuestions: readonly OwnQuestion[];
  readonly #script: Script;
  /** What the caller is asked whether they want it; before anything else. */
  wish: Wish | undefined;
  readonly #patientThere: PatientThere;

  constructor({ intake, consent, resumption, script, callBack, handedOver }: AskedOptions) {
    this.#intake = intake;
    const isAway = handedOver === 'patient-only' ? false : undefined;
    this.#patientThere = new PatientThere(intake, consent, script, isAway);
    const { first = [], afterConsent = [] } = callBack ?? {};
    this.#ownQuestions = [...first, consent, ...afterConsent, resumption, this.#patientThere];
    this.#script = script;
  }

  /** The red flag whose question is asked, if any. */
  get flag(): string | undefined {
    const { step } = this.#intake;
    return step.kind === 'readBack' ? step.flag : undefined;
  }

  /** Which of our own questions it is, if any. That of a red flag waits for none of them. */
  get own(): OwnQuestion | undefined {
    if (this.flag !== undefined) return undefined;
    return this.wish?.isOpen === true ? this.wish : this.#ownQuestions.find(({ isOpen }) => isOpen);
  }

  /** The questionnaire ends here, and not before the patient was asked for. */
  get isPatientAwaited(): boolean {
    return this.#patientThere.isOpen;
  }

  /** Undefined while it is a question of our own. */
  get step(): Step | undefined {
    return this.own ? undefined : this.#intake.step;
  }

  /** The item that is asked or read back. */
  get item(): Item | undefined {
    const { step } = this;
    const link = step && 'linkId' in step ? step.linkId : undefined;
    return link === undefined
      ? undefined
      : catalogueOf(this.#intake.definition, this.#intake.state).byLink.get(link)?.item;
  }

  /** The question, to be put (again). */
  get question(): string {
    return this.own?.question ?? wordsOf(this.#intake.step, this.#script);
  }

  /** What is asked, whatever a model has the caller asked in between: the same as long as it stands. */
  get name(): string {
    const own = this.flag === undefined ? this.#ownQuestions.find(({ isOpen }) => isOpen) : undefined;
    const { step } = this.#intake;
    return own?.item ?? `${step.kind} ${'linkId' in step ? step.linkId : ''}`;
  }

  /** For the system prompt: the question, and the state of the intake. */
  get situation(): string {
    const { own } = this;
    if (!own) return this.#intake.situation;
    return `Current question
- item: ${own.item}
- type: boolean (yes or no)
- question: ${own.question}
Nothing else may be asked before this is answered.`;
  }

  /** How many keys answer it, where that is certain. */
  get keysExpected(): number | undefined {
    if (this.step === undefined || this.step.kind === 'readBack') return 1;
    return this.item && keysExpected(this.item);
  }

  /** A key that was offered, said aloud instead of pressed: "one", "press two". */
  keyedAloud({ text, confidence }: Pick<Heard, 'text' | 'confidence'>): Input | undefined {
    const { step, item } = this;
    const keys = step && 'offerKeys' in step && step.offerKeys !== undefined ? keysIn(text) : undefined;
    if (step === undefined || keys === undefined) return undefined;
    const input = this.keyed(keys);
    if ('own' in input) return undefined;
    if (step.kind === 'readBack') return input.kind === 'confirm' ? { ...input, words: text } : undefined;
    if (input.kind !== 'answer' || !item || !keysOf(item).some(({ key }) => key === keys)) return undefined;
    return { ...input, words: text, evidence: { confidence, lane: 'fast' } };
  }

  /** What keys say in answer to it: words on a question of our own, or an input of the questionnaire's. */
  keyed(keys: string): { own: OwnQuestion; words: string } | Input {
    const yes = keyedYesNo(keys);
    const word = yes === undefined ? keys : yes ? 'yes' : 'no';
    const { own, item } = this;
    if (own) return { own, words: word };
    const { step } = this.#intake;
    if (step.kind === 'readBack' && yes !== undefined) return { kind: 'confirm', yes, words: word };
    if (!item) return { kind: 'unclear' };
    const [{ linkId }, value] = [item, keyedAnswer(item, keys)];
    return { kind: 'answer', linkId, value, words: keys, evidence: { confidence: 1, lane: 'keypad' } };
  }
}
