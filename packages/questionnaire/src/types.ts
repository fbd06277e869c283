import type { Computed, ItemLogic, Logic } from './expressions/types.ts';

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

/** A FHIR Coding, as far as answers need it. */
export interface CodedValue {
  system?: string;
  code: string;
  display: string;
}

/** A FHIR Quantity, as far as answers need it. `unit` as spoken back ("pounds"), `code` in UCUM where it is known. */
export interface QuantityValue {
  value: number;
  unit?: string;
  system?: string;
  code?: string;
}

/**
 * One answer, normalised: boolean; number (integer, decimal); string (date `YYYY-MM-DD`, dateTime
 * `YYYY-MM-DDThh:mm:ss`, time `hh:mm:ss`, phone `+15550100123`, text); a coding (choice); a quantity.
 */
export type AnswerValue = boolean | number | string | CodedValue | QuantityValue;

/** One thing the caller may choose. `code` is what tools pass, `display` what is said. */
export interface AnswerOption {
  code: string;
  display: string;
  /** Other ways callers say it; matched like `display`. */
  synonyms: readonly string[];
  /** What is stored when it is chosen: a coding, or the plain value of a valueString, valueInteger … option. */
  value: AnswerValue;
  /** Which `value[x]` the option came with. */
  kind: 'coding' | 'string' | 'integer' | 'date' | 'time';
  /** Chosen alone or not at all. */
  exclusive?: true;
  /** Score, from the ordinalValue extension. */
  ordinal?: number;
  /** The key that chooses it on the telephone's keypad; its place, where no option has one. */
  key?: string;
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
  /** What its FHIRPath needs of the whole, where it has any. */
  logic?: Logic;
}

/** Where an answer came from; decides on read-back when the item's policy is `on-doubt`. */
export interface Evidence {
  /** The recogniser's confidence in the words, 0 to 1. */
  confidence?: number;
  lane?: 'fast' | 'model' | 'keypad';
  /** Id of the log entry with the transcript. */
  entry?: string;
}

export type Input =
  /** `value` normalised or the caller's own words; `words` what the caller said. The engine parses and validates. */
  | { kind: 'answer'; linkId: string; value: string | number | boolean; words: string; evidence?: Evidence }
  /** At a read-back. A "no" with a new value in the same words replaces the value at once. */
  | { kind: 'confirm'; yes: boolean; words: string }
  | { kind: 'decline'; linkId: string; words?: string }
  | { kind: 'unknown'; linkId: string; words?: string }
  /** Nothing usable was heard: the question is put again in other words. */
  | { kind: 'unclear'; words?: string }
  /** Words heard (also partial ones) that answer nothing: only red flags are looked for; the step stays. */
  | { kind: 'heard'; words: string }
  /** Resources of the launch context by name (`patient`), once they may be used; initialExpressions see them. */
  | { kind: 'context'; context: Readonly<Record<string, unknown>>; words?: undefined };

/** What the caller's answer lacks. `problem` in steps, events and parses is a sentence that can be said or shown to the model. */
export type ProblemCode =
  | 'not-understood'
  | 'ambiguous'
  | 'incomplete'
  | 'out-of-range'
  | 'too-long'
  | 'wrong-format'
  | 'not-an-option'
  | 'constraint'
  | 'unknown-item'
  | 'not-asked-of-callers';

export type AskReason = 'next' | 'more' | 'retry' | 'invalid' | 'corrected';

/**
 * `red-flag`: a rule with the action `hand-over` fired, or a question on which an urgent or emergency rule hangs got no
 * usable answer. `no-usable-answer`: any other required question got none.
 */
export type HandOverReason = 'no-usable-answer' | 'red-flag';

export type Step =
  | {
      kind: 'ask';
      linkId: string;
      /** Speakable; starts with display and group texts not said yet. */
      prompt: string;
      /** 1 for the first time. */
      attempt: number;
      why: AskReason;
      /** What was wrong with the last answer; said before the prompt. */
      problem?: string;
      type: ItemType;
      options?: readonly { code: string; display: string }[];
      required: boolean;
    }
  | { kind: 'readBack'; linkId: string; prompt: string; value: AnswerValue }
  | { kind: 'complete'; prompt?: string }
  | { kind: 'handOver'; reason: HandOverReason; linkId?: string };

export type IntakeEvent =
  | { kind: 'answered'; linkId: string; value: AnswerValue; display: string; confirmed: boolean }
  | {
      kind: 'corrected';
      linkId: string;
      from: AnswerValue;
      value: AnswerValue;
      display: string;
      confirmed: boolean;
    }
  /** Volunteered for an item whose condition does not hold (yet): kept, and used when it comes to apply. */
  | { kind: 'held'; linkId: string; value: AnswerValue; display: string }
  | { kind: 'confirmed'; linkId: string; value: AnswerValue }
  | { kind: 'rejected'; linkId: string; value: AnswerValue }
  | { kind: 'declined'; linkId: string }
  | { kind: 'unknown'; linkId: string }
  | { kind: 'skipped'; linkId: string }
  /** An answer that depended on a corrected one. It is asked again when it still applies. */
  | { kind: 'dropped'; linkId: string; because: string }
  | { kind: 'invalid'; linkId: string; problem: string; code: ProblemCode }
  | ({ kind: 'redFlag' } & FiredRedFlag)
  /** A calculated item has another value; without one, it has none any more. */
  | { kind: 'calculated'; linkId: string; value?: AnswerValue; display?: string }
  /** A constraint that only warns is broken, or one that several answers break together still is at the end. */
  | { kind: 'noted'; linkId?: string; constraint: string; problem: string }
  /** An expression could not be evaluated; what it belongs to stays as it would be without it. Told once. */
  | { kind: 'expressionFailed'; linkId?: string; expression: string; problem: string }
  | { kind: 'handedOver'; reason: HandOverReason; linkId?: string }
  | { kind: 'completed' };

export interface FiredRedFlag {
  id: string;
  severity: RedFlagSeverity;
  action: RedFlagAction;
  script: string;
  linkId?: string;
  /** The phrase that matched, as written in the rule; absent when an answer fired it. */
  phrase?: string;
}

/** What is known of one item. An item without an entry was not asked, or asked and is still open. */
export type ItemState =
  | {
      status: 'answered';
      /** Empty for "none of those" to a repeating item. */
      values: AnswerValue[];
      display: string;
      /** False while a read-back is owed. */
      confirmed: boolean;
      /** A repeating item that may get further answers. */
      open?: boolean;
    }
  | { status: 'declined' }
  | { status: 'unknown' }
  /** Asked as often as allowed without a usable answer; only optional items end so. */
  | { status: 'skipped' };

/** The whole state of an intake: plain JSON, never changed in place. */
export interface IntakeState {
  version: 1;
  questionnaire: { url: string; version: string };
  items: Record<string, ItemState>;
  /** Failed attempts by item since it was last settled. */
  failures: Record<string, number>;
  /** Why the current question is put, when not simply the next. */
  cause?: { linkId: string; why: AskReason; problem?: string };
  /** Display and group texts already said. */
  told: string[];
  /** Items whose question was put at least once. */
  asked: string[];
  /** Items whose answer was dropped by a correction and is not settled again. */
  dropped: string[];
  /** Ids of red flags that fired; each fires once. */
  flagged: string[];
  handOver?: { reason: HandOverReason; linkId?: string };
  /** The launch context, as given. */
  context?: Record<string, unknown>;
  /** What the questionnaire's expressions say; absent when it has none. */
  computed?: Computed;
  /** Constraints told as broken. */
  noted?: string[];
}

/** What is known when a call begins. */
export interface IntakeStart {
  /** The day of the call, `YYYY-MM-DD`; without it, expressions that need the day wait for the first input. */
  today?: string;
  /** Resources of the launch context by name, e.g. `{ patient: { resourceType: 'Patient', … } }`. */
  context?: Readonly<Record<string, unknown>>;
}

export type ParsedAnswer =
  | {
      ok: true;
      value: AnswerValue;
      /** As shown in tables and said in passing: "March 3, 1985". */
      display: string;
      /** True when every content word was used: what the fast lane needs. */
      covered: boolean;
      /** The content words that were not used. */
      unused: readonly string[];
      /** The parser's own, 0 to 1: lower for hedges, corrections, repaired mishearings and words that were not used. */
      confidence?: number;
      /** Where in the words the value was said: characters `start` to `end` (exclusive). */
      span?: { start: number; end: number };
    }
  | {
      ok: false;
      problem: string;
      code: ProblemCode;
      /** Nothing of a value was heard, but that the caller does not know it or will not say. */
      intent?: 'unknown' | 'declined';
    };

/** What parsers need to know of the day; both are passed in so that parsing stays pure. */
export interface ParseContext {
  /** The day of the call, `YYYY-MM-DD`. */
  today: string;
}

/** One line of the result table. `not-asked`: enabled, but its turn has not come; `off`: its condition does not hold. */
export interface AnswerRow {
  linkId: string;
  question: string;
  answer: string;
  status: 'answered' | 'unconfirmed' | 'declined' | 'unknown' | 'skipped' | 'asked' | 'not-asked' | 'off';
}

/** What a QuestionnaireResponse says besides the answers. */
export interface ResponseMeta {
  /** ISO instant; the response's `authored`. */
  authored: string;
  id?: string;
  /** The call ended: what is still open is marked `not-asked` or `unknown`, status `stopped` unless complete. */
  ended?: boolean;
  /** E.g. `Patient/123`. */
  subject?: string;
  source?: string;
}
