import type { ItemLogic, Logic } from '../expressions/types.ts';
import type { AnswerValue, QuantityValue } from './values.ts';

/** FHIR R4 item types that can be asked for over the telephone. */
export type ItemType =
  | 'group'
  | 'display'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'string'
  | 'text'
  | 'choice'
  | 'open-choice'
  | 'quantity';

/** One thing the caller may choose. `code` is what tools pass, `display` what is said. */
export interface AnswerOption {
  code: string;
  display: string;
  /** Other ways callers say it; matched like `display`. */
  synonyms: readonly string[];
  /** What is stored when it is chosen: a coding, or the plain value of a valueString, valueInteger … option. */
  value: AnswerValue;
  /** Which `value[x]` the option came with. */
  kind: 'coding' | 'string' | 'integer' | 'date' | 'time' | 'reference';
  /** Chosen alone or not at all. */
  exclusive?: true;
  /** Score, from the ordinalValue extension. */
  ordinal?: number;
  /** The key that chooses it on the telephone's keypad; its place, where no option has one. */
  key?: string;
  /** Who is on the line when it is chosen. */
  caller?: Caller;
}

export type ConditionOperator = 'exists' | '=' | '!=' | '>' | '<' | '>=' | '<=';

/** FHIR enableWhen: another item's answer compared with a value. */
export interface Condition {
  linkId: string;
  operator: ConditionOperator;
  answer: AnswerValue;
  /** Further occurrences of that item, any of which may satisfy it. */
  also?: readonly string[];
}

/** Read back and confirmed: never; when the recogniser or the parser was in doubt; always. */
export type ReadBackPolicy = 'never' | 'on-doubt' | 'always';

/** Who is on the line: the patient, or someone who speaks for them. */
export type Caller = 'patient' | 'proxy';

/** What the recogniser should expect in answer to an item. */
export type ExpectedForm =
  'yes-no' | 'option' | 'number' | 'digits' | 'characters' | 'name' | 'date' | 'time' | 'words';

/** For the recogniser: what is likely to be heard next. */
export interface Hints {
  expect: ExpectedForm;
  /** Words of the questionnaire's own vocabulary, and those of a short list of options. */
  words: readonly string[];
}

/** What a string item holds, so that speech can be parsed and spoken back for it. */
export type SpokenForm =
  | 'free'
  | 'name'
  | 'phone'
  | 'email'
  | 'code'
  /** ISO 8601, `P14D`. */
  | 'duration'
  /** A US street address on one line. */
  | 'address'
  /** On a date: a year, or a month with its year, will do. */
  | 'partial-date';

/** A bound: a value, or a day counted from the day of the call (`{ todayPlus: -120, unit: 'year' }`). */
export type Bound = AnswerValue | RelativeDay;

export interface RelativeDay {
  todayPlus: number;
  unit: 'day' | 'week' | 'month' | 'year';
}

/** What an answer must satisfy beyond its type. */
export interface AnswerRules {
  minimum?: Bound;
  maximum?: Bound;
  /** Characters. */
  minLength?: number;
  maxLength?: number;
  /** A regular expression for the whole answer, as FHIR's regex extension has it. */
  pattern?: string;
  /** Digits after the decimal point. */
  maxDecimalPlaces?: number;
}

export interface Item {
  linkId: string;
  type: ItemType;
  /** As the questionnaire has it. */
  text: string;
  /** As it is said: from the voice profile, or made speakable from `text`. */
  prompt: string;
  /** Changed wordings for the second, third … attempt. Never empty for a question. */
  retries: readonly string[];
  /** Put so to someone who speaks for the patient. */
  proxy?: Pick<Item, 'prompt' | 'retries'>;
  /** Said when the caller asks why. */
  why?: string;
  required: boolean;
  repeats: boolean;
  /** Answers (of a group: occurrences) there have to be at least, and at most. */
  minOccurs?: number;
  maxOccurs?: number;
  readOnly: boolean;
  hidden: boolean;
  form: SpokenForm;
  readBack: ReadBackPolicy;
  sensitive: boolean;
  answeredBy: Caller | 'any';
  /** On a boolean: who is on the line when the answer is yes. */
  caller?: Caller;
  /** Its answer tells who the patient is. */
  identifier: boolean;
  hints: Hints;
  /** Keys are offered from the first time the question is put, or never; from the second attempt on when absent. */
  keypad?: 'first' | 'never';
  /** Silence in ms that ends the caller's turn although what was said may still go on. */
  patience: number;
  options: readonly AnswerOption[];
  /** All options there are, where an expression decides which of them are offered. */
  offered?: readonly AnswerOption[];
  enableWhen: readonly Condition[];
  enableBehavior: 'all' | 'any';
  initial: readonly AnswerValue[];
  rules: AnswerRules;
  /** The unit of a quantity item when the caller names none. */
  unit?: QuantityValue;
  /** The units there are to choose from. */
  units?: readonly QuantityValue[];
  /** What cannot be given by voice and is told in words instead; the response marks it. A url is written as one. */
  described?: 'attachment' | 'reference' | 'coding' | 'url';
  /** Its FHIRPath, where it has any. */
  logic?: ItemLogic;
  /** Set on an item of a repeating group as it stands in a call: which one it is. `linkId` is then its key. */
  occurrence?: Occurrence;
  items: readonly Item[];
}

/** Which of several: `linkId` as in the questionnaire, and the number (from 1) in each repeating group around. */
export interface Occurrence {
  linkId: string;
  at: readonly number[];
  /** The question ("Is there another …?") whose yes brought it. */
  after?: string;
  /** Set on that question: the key of the occurrence that it follows. */
  asks?: string;
}

export type RedFlagSeverity = 'emergency' | 'urgent' | 'concern';

/** What is done besides saying the script: open a case for staff, hand the call to a person, or only say it. */
export type RedFlagAction = 'create-case' | 'hand-over' | 'say';

/** Fires on any of its phrases in the caller's words, or when all (any) of its conditions on answers hold. */
export interface RedFlag {
  id: string;
  severity: RedFlagSeverity;
  action: RedFlagAction;
  /** Said at once. Never advice or a disposition. */
  script: string;
  /** Asked before it fires: yes, no clear answer, silence and a second mention fire it; no leaves a concern. */
  confirm?: string;
  /** The item it belongs to, when it belongs to one. */
  linkId?: string;
  /** `chest pain`, `(chest|heart) (hurts|hurting)`: words in order, `|` for alternatives, `…` for up to three words between. */
  phrases: readonly string[];
  /** Name of the library's red flag whose phrases it has too. */
  library?: string;
  when: readonly Condition[];
  whenBehavior: 'all' | 'any';
}

/** A questionnaire ready to be asked. Plain JSON, frozen; its version is pinned for the call. */
export interface Definition {
  id: string;
  url: string;
  version: string;
  title: string;
  items: readonly Item[];
  redFlags: readonly RedFlag[];
  /** Times a question is put before an optional item is skipped and a required one is handed over. */
  attempts: number;
  /** Identifiers that have to be confirmed, and match, before anything that was looked up is used. */
  identify?: number;
  /** What its FHIRPath needs of the whole, where it has any. */
  logic?: Logic;
}
