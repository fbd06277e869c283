import type { Computed } from '../expressions/types.ts';
import type { Caller } from './definition.ts';
import type { AskReason, HandOverReason } from './steps.ts';
import type { AnswerValue } from './values.ts';

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
  /** Red flags that were heard, and are asked about first; `words` those in which they were, `answer` those that denied it. */
  questioned?: { id: string; words: string; denied?: true; answer?: string }[];
  handOver?: { reason: HandOverReason; linkId?: string };
  /** The launch context, as given. */
  context?: Record<string, unknown>;
  /** Items whose value was looked up, and not said by the caller. */
  lookedUp?: string[];
  /** Who is on the line, as last said; the patient when nothing is. */
  caller?: Caller;
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
  /** Who is on the line, where that is known. */
  caller?: Caller;
}
