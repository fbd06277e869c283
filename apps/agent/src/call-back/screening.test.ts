import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BeepDetector } from './beep.ts';
import { nextLook, screen, type ScreeningEvent, startScreening } from './screening.ts';

/** Plays what is heard, looking whenever it is time to, until there is a verdict or nothing more comes. */
function verdictOf(...heard: [kind: ScreeningEvent['kind'], atMs: number][]): string {
  let state = startScreening(0);
  for (const [kind, atMs] of [...heard, ['time', 60_000] as const]) {
    for (let at = nextLook(state); at !== undefined && at <= atMs && !state.verdict; at = nextLook(state)) {
      state = screen(state, { kind: 'time', atMs: at });
      if (state.verdict) return `${state.verdict.who} ${state.verdict.sign} ${at}`;
    }
    state = screen(state, { kind, atMs });
    if (state.verdict) return `${state.verdict.who} ${state.verdict.sign} ${atMs}`;
  }
  return 'none';
}

for (const [what, heard, expected] of [
  [
    'a hello and a pause',
    [
      ['speech', 700],
      ['pause', 1200],
    ],
    'person greeting 2000',
  ],
  [
    'a name and a question',
    [
      ['speech', 500],
      ['pause', 3100],
    ],
    'person greeting 4400',
  ],
  [
    'hello, and again before we speak',
    [
      ['speech', 500],
      ['pause', 900],
      ['speech', 1300],
      ['pause', 1700],
    ],
    'person greeting 2500',
  ],
  ['nobody says anything', [], 'person silence 3500'],
  ['a long greeting', [['speech', 400]], 'machine long-greeting 3900'],
  [
    'a long greeting in pieces',
    [
      ['speech', 400],
      ['pause', 2400],
      ['speech', 2700],
    ],
    'machine long-greeting 4200',
  ],
  [
    'a short greeting that says what it is',
    [
      ['speech', 400],
      ['machine-words', 1500],
    ],
    'machine words 1500',
  ],
  ['a tone', [['beep', 900]], 'machine beep 900'],
  [
    'a tone after a hello, too late',
    [
      ['speech', 100],
      ['pause', 500],
      ['beep', 1500],
    ],
    'person greeting 1300',
  ],
] as const) {
  test(`${what}: ${expected}`, () =>
    assert.equal(verdictOf(...(heard as unknown as [ScreeningEvent['kind'], number][])), expected));
}

const rate = 16_000;
const frames = (ms: number, sample: (seconds: number) => number) =>
  Array.from({ length: ms / 20 }, (_, frame) =>
    Int16Array.from({ length: rate / 50 }, (_, n) =>
      Math.round(sample((frame * rate) / 50 / rate + n / rate)),
    ),
  );
const sine =
  (hz: number, amplitude = 8000) =>
  (s: number) =>
    amplitude * Math.sin(2 * Math.PI * hz * s);
const isBeep = (sound: Int16Array[]) => {
  const detector = new BeepDetector(rate);
  return sound.map((frame) => detector.hear(frame)).includes(true);
};

for (const hz of [440, 1000, 1400, 2000])
  test(`${hz} Hz for 0.4 s, with some noise, is a beep`, () => {
    let seed = 1;
    const noise = () => ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5) * 400;
    assert.equal(isBeep(frames(400, (s) => sine(hz)(s) + noise())), true);
  });

for (const [what, sound] of [
  ['silence', frames(1000, () => 0)],
  ['a tone of 0.1 s', frames(100, sine(1000))],
  ['a ringing tone of two frequencies', frames(1000, (s) => sine(440)(s) + sine(480)(s))],
  ['a busy tone of two frequencies', frames(500, (s) => sine(480)(s) + sine(620)(s))],
  ['a key', frames(500, (s) => sine(697)(s) + sine(1209)(s))],
  [
    'a voiced sound of 150 Hz with its harmonics',
    frames(1000, (s) => [1, 2, 3, 4, 5].reduce((sum, k) => sum + sine(150 * k, 8000 / k)(s), 0)),
  ],
  ['a glide', frames(1000, (s) => sine(500 + 800 * s)(s))],
] as const)
  test(`${what} is none`, () => assert.equal(isBeep(sound), false));
