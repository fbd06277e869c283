import type { ProblemCode } from './steps.ts';
import type { AnswerValue } from './values.ts';

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
      /** The words only sound like it: it is read back, whatever the item's policy. */
      bySound?: true;
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
