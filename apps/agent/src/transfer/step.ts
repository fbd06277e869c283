import type { Effect, Person, TransferEvent, TransferState } from './types.ts';

export type Stepped = [TransferState, Effect[]];

/** Whoever picks up has so long to show that they are a person, ms: with what they are asked, 8 s, in it. */
export const personMs = 20_000;
/** A summary is said within this time, ms. */
export const summaryMs = 60_000;
/** Who has heard the summary has so long to take the call, ms. */
export const takeMs = 12_000;
/** The caller hears a word this often while they wait, ms. */
export const comfortMs = 8000;

const takeKey = '1';
const againKey = '2';
const declineKey = '3';

/**
 * One step of a transfer to a person: pure, so that the same events always give the same decisions. The list is gone through once, in order;
 * nobody hears of the caller before a key or a yes has shown that it is a person, and not a machine, who picked up.
 */
export function step(state: TransferState, event: TransferEvent): Stepped {
  if (state.phase === 'over') return [state, []];
  if ('at' in event && event.at !== state.at) return [state, []];
  switch (event.kind) {
    case 'begin':
      return tryNext(state, [], false);
    case 'resume':
      return resumed(state, event.joined, event.isThere);
    case 'caller-left':
      return callerLeft(state);
    case 'time':
      return event.timer === 'comfort' ? comfort(state) : tooLate(state);
    case 'failed':
      return fails(state, event.code);
    case 'ringing':
      return state.phase === 'dialling' ? [state, [record(state, 'ringing')]] : [state, []];
    case 'answered':
      return answered(state);
    case 'key':
      return keyed(state, event.digit);
    case 'said':
      return said(state, event.yes);
    case 'monologue':
      return state.phase === 'screening' ? fails(state, 'voicemail') : [state, []];
    case 'whispered':
      return whispered(state);
    case 'opened':
      return state.phase === 'joining' ? over(state, [record(state, 'joined')], 'joined') : [state, []];
    case 'left':
      return fails(state, 'hung-up');
    case 'referred':
      return over(state, [record(state, 'referred')], 'referred');
  }
}

/** Of whoever is being tried in `state`. */
const record = (
  { at }: TransferState,
  name: Extract<Effect, { do: 'record' }>['step'],
  code?: string,
): Effect => ({ do: 'record', step: name, at, ...(code === undefined ? {} : { code }) });

/** The next on the list, or the end of it. `isRetry`: the caller waits for somebody who will not come, and is told within seconds. */
function tryNext(state: TransferState, before: Effect[], isRetry: boolean): Stepped {
  const at = state.at + 1;
  const next = { ...state, at, isAskedAgain: false };
  const person = state.people[at];
  if (!person) return over(next, [...before, record(next, 'exhausted')], 'exhausted');
  const isCold = person.mode === 'cold';
  return [
    { ...next, phase: isCold ? 'referring' : 'dialling' },
    [
      ...before,
      // Told first: hanging up on somebody may take its time.
      ...(isRetry ? [{ do: 'tell', words: 'next' } as const, { do: 'drop' } as const] : []),
      record(next, 'dialled'),
      { do: isCold ? 'refer' : 'dial' },
      { do: 'timer', timer: 'comfort', ms: comfortMs },
    ],
  ];
}

/** Another worker goes on: whoever is with the caller stays, everybody else is called anew. */
function resumed(state: TransferState, joined: Person | undefined, isThere: boolean): Stepped {
  if (!joined) return tryNext(state, [{ do: 'drop' }], false);
  const standing: TransferState = { ...state, people: [joined], at: 0 };
  return isThere
    ? over(standing, [{ do: 'open' }], 'joined')
    : over(standing, [record(standing, 'left')], 'left');
}

function callerLeft(state: TransferState): Stepped {
  const { phase } = state;
  if (phase === 'screening' || phase === 'whispering')
    return [{ ...state, phase: 'excusing' }, [{ do: 'whisper', words: 'caller-gone' }]];
  if (phase === 'excusing') return [state, []];
  return over(state, [{ do: 'drop' }], 'caller-left');
}

function comfort(state: TransferState): Stepped {
  const waits: TransferState['phase'][] = ['dialling', 'screening', 'whispering', 'referring'];
  if (!waits.includes(state.phase)) return [state, []];
  return [
    state,
    [
      { do: 'tell', words: 'comfort' },
      { do: 'timer', timer: 'comfort', ms: comfortMs },
    ],
  ];
}

function tooLate(state: TransferState): Stepped {
  if (state.phase === 'screening') return fails(state, 'no-person');
  return state.phase === 'whispering' ? fails(state, 'not-taken') : [state, []];
}

function fails(state: TransferState, code: string): Stepped {
  if (state.phase === 'excusing') return over(state, [{ do: 'drop' }], 'caller-left');
  return tryNext(state, [record(state, 'failed', code)], true);
}

function answered(state: TransferState): Stepped {
  if (state.phase !== 'dialling') return [state, []];
  return [{ ...state, phase: 'screening' }, [record(state, 'answered'), ...screens]];
}

const screens: Effect[] = [
  { do: 'whisper', words: 'screen' },
  { do: 'timer', timer: 'answer', ms: personMs },
];

const acceptsBy = ({ people, at }: TransferState, way: 'key' | 'speech') =>
  [way, 'either'].includes(people[at]?.accept ?? '');

function keyed(state: TransferState, digit: string): Stepped {
  if (state.phase === 'screening') return digit === declineKey ? declines(state) : isPerson(state);
  if (state.phase !== 'whispering') return [state, []];
  if (digit === declineKey) return declines(state);
  if (digit === againKey) return tells(state);
  return digit === takeKey && acceptsBy(state, 'key') ? accepts(state) : [state, []];
}

/** What a machine says may be taken for a yes: where a key is asked for, speech neither shows a person nor takes a call. */
function said(state: TransferState, yes: boolean | undefined): Stepped {
  if (!acceptsBy(state, 'speech')) return [state, []];
  if (yes === undefined) return state.phase === 'screening' ? asksAgain(state) : [state, []];
  if (state.phase === 'screening') return yes ? isPerson(state) : declines(state);
  if (state.phase !== 'whispering') return [state, []];
  return yes ? accepts(state) : declines(state);
}

/** A yes that was misheard would be taken for a machine otherwise. */
function asksAgain(state: TransferState): Stepped {
  if (state.isAskedAgain === true) return [state, []];
  return [{ ...state, isAskedAgain: true }, screens];
}

function isPerson(state: TransferState): Stepped {
  return tells({ ...state, phase: 'whispering' });
}

function tells(state: TransferState): Stepped {
  return [
    state,
    [
      record(state, 'whispered'),
      { do: 'whisper', words: 'summary' },
      { do: 'timer', timer: 'answer', ms: summaryMs },
    ],
  ];
}

function whispered(state: TransferState): Stepped {
  if (state.phase === 'excusing') return over(state, [{ do: 'drop' }], 'caller-left');
  return [state, state.phase === 'whispering' ? [{ do: 'timer', timer: 'answer', ms: takeMs }] : []];
}

function declines(state: TransferState): Stepped {
  return tryNext(state, [record(state, 'declined')], true);
}

function accepts(state: TransferState): Stepped {
  return [{ ...state, phase: 'joining' }, [record(state, 'accepted'), { do: 'open' }]];
}

function over(
  state: TransferState,
  before: Effect[],
  outcome: Extract<Effect, { do: 'finish' }>['outcome'],
): Stepped {
  return [{ ...state, phase: 'over' }, [...before, { do: 'finish', outcome }]];
}
