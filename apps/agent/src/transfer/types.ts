import type { Payload } from '@vestibule/record';

/** Someone on duty, as a transfer needs to know them. */
export interface Person {
  name: string;
  /** E.164. */
  number: string;
  mode: 'warm' | 'cold';
  accept: 'key' | 'speech' | 'either';
  ringMs: number;
}

export type Phase =
  | 'idle'
  | 'dialling'
  /** Somebody, or something, has answered: is it a person? */
  | 'screening'
  | 'whispering'
  /** They took it: caller and staff are about to hear each other. */
  | 'joining'
  | 'referring'
  /** The caller is gone; staff are told so. */
  | 'excusing'
  | 'over';

/** Where a transfer stands. `at`: which of `people` is being tried. */
export interface TransferState {
  people: readonly Person[];
  at: number;
  phase: Phase;
  /** What they said was not understood, and they were asked once more. */
  isAskedAgain?: boolean;
}

/** What may take its time: an answer of whoever picked up, the caller's patience. */
export type Timer = 'answer' | 'comfort';

/** `at`: whose it is. What comes late, of somebody who is not being tried any more, is passed over. */
export type TransferEvent =
  | { kind: 'begin' | 'caller-left' }
  | { kind: 'resume'; joined: Person | undefined; isThere: boolean }
  | { kind: 'time'; timer: Timer; at: number }
  | { kind: 'failed'; code: string; at: number }
  | { kind: 'key'; digit: string; at: number }
  | { kind: 'said'; yes: boolean | undefined; at: number }
  | {
      kind:
        | 'ringing'
        | 'answered'
        /** Somebody has talked for longer than a person who picks up does. */
        | 'monologue'
        | 'whispered'
        | 'opened'
        | 'left'
        | 'referred';
      at: number;
    };

export type TransferStep = Payload<'transfer'>['step'];

/** What staff alone hear. */
export type Whisper = 'screen' | 'summary' | 'caller-gone';
/** What the caller alone hears. */
export type Notice = 'comfort' | 'next';

/**
 * How it ended. `joined`: caller and staff hear each other, and need nobody else. `left`: staff, after that, while the call was taken over
 * from a worker that had not left it to them yet.
 */
export type TransferOutcome = 'exhausted' | 'caller-left' | 'joined' | 'left' | 'referred';

/** Carried out in order; what follows a `record` only once that is acknowledged. */
export type Effect =
  | { do: 'record'; step: TransferStep; at: number; code?: string }
  | { do: 'dial' | 'refer' | 'open' | 'drop' }
  | { do: 'whisper'; words: Whisper }
  | { do: 'tell'; words: Notice }
  | { do: 'timer'; timer: Timer; ms: number }
  | { do: 'finish'; outcome: TransferOutcome };
