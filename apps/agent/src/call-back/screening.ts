/** Is it a person who answered, or a machine? By how long they speak before they pause, by what they say, and by its tone. */
export type Verdict = { who: 'person' | 'machine'; sign: Sign };
export type Sign = 'greeting' | 'silence' | 'long-greeting' | 'words' | 'beep';

export type ScreeningEvent =
  /** Somebody began to speak, or stopped. */
  | { kind: 'speech' | 'pause'; atMs: number }
  | { kind: 'machine-words' | 'beep'; atMs: number }
  | { kind: 'time'; atMs: number };

export interface ScreeningState {
  since: number;
  /** Since when they speak; when they last stopped. */
  speakingSince?: number;
  pausedSince?: number;
  /** Of what was said before that. */
  spokenMs: number;
  verdict?: Verdict;
}

/** Whoever picks up says a few words; a machine goes on for longer than this, ms. */
const longMs = 3500;
/** In so many words of it a person has said hello: after a short pause they are answered. */
const helloMs = 2200;
/** Silence after a hello, and after something longer, until it is answered, ms. */
const pauseMs = { hello: 800, longer: 1300 } as const;
/** Some pick up and wait, ms. */
const silenceMs = 3500;

export const startScreening = (atMs: number): ScreeningState => ({ since: atMs, spokenMs: 0 });

/** When the state is to be looked at again (`time`), if nothing happens before; undefined once there is a verdict. */
export function nextLook(state: ScreeningState): number | undefined {
  const { speakingSince, pausedSince, spokenMs, since, verdict } = state;
  if (verdict) return undefined;
  if (speakingSince !== undefined) return speakingSince + longMs - spokenMs;
  if (pausedSince !== undefined) return pausedSince + pauseFor(spokenMs);
  return since + silenceMs;
}

export function screen(state: ScreeningState, event: ScreeningEvent): ScreeningState {
  if (state.verdict) return state;
  const { atMs } = event;
  switch (event.kind) {
    case 'machine-words':
      return machine(state, 'words');
    case 'beep':
      return machine(state, 'beep');
    case 'speech':
      return state.speakingSince === undefined ? { ...state, speakingSince: atMs } : state;
    case 'pause': {
      const { speakingSince, ...rest } = look(state, atMs);
      if (speakingSince === undefined) return rest;
      return { ...rest, pausedSince: atMs, spokenMs: state.spokenMs + atMs - speakingSince };
    }
    case 'time':
      return look(state, atMs);
  }
}

function look(state: ScreeningState, atMs: number): ScreeningState {
  const due = nextLook(state);
  if (due === undefined || atMs < due) return state;
  if (state.speakingSince !== undefined) return machine(state, 'long-greeting');
  const sign = state.pausedSince === undefined ? 'silence' : 'greeting';
  return { ...state, verdict: { who: 'person', sign } };
}

const machine = (state: ScreeningState, sign: Sign): ScreeningState => ({
  ...state,
  verdict: { who: 'machine', sign },
});

const pauseFor = (spokenMs: number) => (spokenMs <= helloMs ? pauseMs.hello : pauseMs.longer);
