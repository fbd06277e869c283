import {
  catalogueOf,
  type Input,
  type Item,
  keyedAnswer,
  keyedYesNo,
  keysExpected,
  type Step,
} from '@vestibule/questionnaire';
import { consentItem } from '../tools/intake-tools.ts';
import type { Consent } from './consent.ts';
import type { Intake } from './intake.ts';
import { wordsOf } from './phrasing.ts';
import type { Script } from './script.ts';

/** What is asked at the moment: consent first, then what the questionnaire says. */
export class Asked {
  readonly #intake: Intake;
  readonly #consent: Consent;
  readonly #script: Script;

  constructor({ intake, consent, script }: { intake: Intake; consent: Consent; script: Script }) {
    this.#intake = intake;
    this.#consent = consent;
    this.#script = script;
  }

  /** Undefined while it is consent. */
  get step(): Step | undefined {
    return this.#consent.isOpen ? undefined : this.#intake.step;
  }

  /** The item that is asked or read back. */
  get item(): Item | undefined {
    const { step } = this;
    const link = step && 'linkId' in step ? step.linkId : undefined;
    return link === undefined ? undefined : catalogueOf(this.#intake.definition).byLink.get(link)?.item;
  }

  /** The question, to be put (again). */
  get question(): string {
    return this.#consent.isOpen ? this.#consent.question : wordsOf(this.#intake.step, this.#script);
  }

  /** For the system prompt: the question, and the state of the intake. */
  get situation(): string {
    if (!this.#consent.isOpen) return this.#intake.situation;
    return `Current question
- item: ${consentItem}
- type: boolean (yes or no)
- question: ${this.#consent.question}
Nothing else may be asked before this is answered.`;
  }

  /** How many keys answer it, where that is certain. */
  get keysExpected(): number | undefined {
    if (this.step === undefined || this.step.kind === 'readBack') return 1;
    return this.item && keysExpected(this.item);
  }

  /** What keys say in answer to it: words on consent, or an input of the questionnaire's. */
  keyed(keys: string): { consent: string } | Input {
    const yes = keyedYesNo(keys);
    const word = yes === undefined ? keys : yes ? 'yes' : 'no';
    const { step, item } = this;
    if (step === undefined) return { consent: word };
    if (step.kind === 'readBack' && yes !== undefined) return { kind: 'confirm', yes, words: word };
    if (!item) return { kind: 'unclear' };
    const [{ linkId }, value] = [item, keyedAnswer(item, keys)];
    return { kind: 'answer', linkId, value, words: keys, evidence: { confidence: 1, lane: 'keypad' } };
  }
}
