import type { Caller, ItemType, RedFlagAction, RedFlagSeverity } from './definition.ts';
import type { AnswerValue } from './values.ts';

/** Where an answer came from; decides on read-back when the item's policy is `on-doubt`. */
export interface Evidence {
  /** The recogniser's confidence in the words, 0 to 1. */
  confidence?: number;
  lane?: 'fast' | 'model' | 'keypad';
  /** The words are those of a partial transcript: more may follow that turns a red flag round. */
  partial?: boolean;
  /** Id of the log entry with the transcript. */
  entry?: string;
  /** The caller was not heard to say it: it is read back, whatever the item's policy. */
  unheard?: true;
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
  /**
   * Words heard that answer nothing: only red flags are looked for; the step stays. Of a `partial` transcript, what more
   * words may still turn round does not fire yet.
   */
  | { kind: 'heard'; words: string; partial?: boolean }
  /**
   * A red flag that somebody else, a model, found in the words. The step stays, unless the flag has a question: then that is next. With `ask` one of the
   * library that has none is asked about as the library does.
   */
  | { kind: 'flag'; id: string; words: string; ask?: boolean }
  /** Who is on the line now, as far as it did not come out by an answer. */
  | { kind: 'caller'; caller: Caller; words?: string }
  /**
   * Resources of the launch context by name (`patient`), once they may be used; initialExpressions see them. Refused as
   * long as the questionnaire wants more identifiers to be confirmed.
   */
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
  /** Only the patient may answer, and somebody else is on the line. */
  | 'patient-only'
  /** Too few identifiers are confirmed and match what was looked up. */
  | 'not-identified'
  | 'not-asked-of-callers';

export type AskReason = 'next' | 'more' | 'retry' | 'invalid' | 'corrected';

/**
 * `red-flag`: a rule with the action `hand-over` fired, or a question on which an urgent or emergency rule hangs got no
 * usable answer. `no-usable-answer`: any other required question got none. `patient-only`: one is left that only the
 * patient may answer, and somebody else is on the line.
 */
export type HandOverReason = 'no-usable-answer' | 'red-flag' | 'patient-only';

/** A key of the telephone's keypad, and what pressing it answers. */
export interface KeyChoice {
  key: string;
  /** The option's code; `yes` or `no` of a boolean. */
  code: string;
  say: string;
}

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
      /** From the second attempt on (or as the item's `keypad` has it), where keys can answer it: to be said after the prompt ("Say it, or press one for …"). */
      offerKeys?: string;
      required: boolean;
    }
  /** With `flag`, the question of that red flag, and no answer; `linkId` is of no item. */
  | {
      kind: 'readBack';
      linkId: string;
      prompt: string;
      value: AnswerValue;
      offerKeys?: string;
      flag?: string;
    }
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
  | { kind: 'caller'; caller: Caller }
  /** What was looked up is not taken, or not any more: not enough identifiers are confirmed and match. */
  | { kind: 'contextRefused'; code: 'not-identified'; problem: string }
  | { kind: 'completed' };

export interface FiredRedFlag {
  id: string;
  severity: RedFlagSeverity;
  action: RedFlagAction;
  script: string;
  /** To be asked before anything else is done. */
  confirm?: string;
  /** The question was answered with no: only a concern, kept in the case. */
  denied?: true;
  linkId?: string;
  /** The phrase that matched, as written in the rule; absent when an answer fired it. */
  phrase?: string;
  /** No rule fired it: the words are like those that do. */
  by?: 'likeness';
}
