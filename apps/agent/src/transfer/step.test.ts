import assert from 'node:assert/strict';
import { test } from 'node:test';
import { step } from './step.ts';
import type { Effect, Person, TransferEvent, TransferState } from './types.ts';

const nurse: Person = { name: 'nurse', number: '+15550100200', mode: 'warm', accept: 'key', ringMs: 20_000 };
const doctor: Person = { ...nurse, name: 'doctor', accept: 'either' };
const desk: Person = { ...nurse, name: 'desk', mode: 'cold' };

const begin: TransferEvent = { kind: 'begin' };
const at = (
  kind: 'ringing' | 'answered' | 'monologue' | 'whispered' | 'opened' | 'left' | 'referred',
  who = 0,
) => ({ kind, at: who }) as const;
const key = (digit: string, who = 0): TransferEvent => ({ kind: 'key', digit, at: who });
const failed = (code: string, who = 0): TransferEvent => ({ kind: 'failed', code, at: who });
const said = (yes: boolean | undefined, who = 0): TransferEvent => ({ kind: 'said', yes, at: who });
const time = (timer: 'answer' | 'comfort', who = 0): TransferEvent => ({ kind: 'time', timer, at: who });
const gone: TransferEvent = { kind: 'caller-left' };

function played(people: readonly Person[], events: readonly TransferEvent[]) {
  let state: TransferState = { people, at: -1, phase: 'idle' };
  const effects: Effect[] = [];
  for (const event of events) {
    const [next, done] = step(state, event);
    state = next;
    effects.push(...done);
  }
  return { state, effects };
}

/** In short: `*` an entry, `@` a timer, `>` to staff, `<` to the caller. */
const short = (effect: Effect) => {
  switch (effect.do) {
    case 'record':
      return `*${effect.step}${effect.code === undefined ? '' : `:${effect.code}`}`;
    case 'whisper':
      return `>${effect.words}`;
    case 'tell':
      return `<${effect.words}`;
    case 'timer':
      return `@${effect.timer}`;
    case 'finish':
      return `=${effect.outcome}`;
    default:
      return effect.do;
  }
};

const dialled = '*dialled dial @comfort';
const screened = `${dialled} *ringing *answered >screen @answer`;
const told = `${screened} *whispered >summary @answer`;
const next = `<next drop ${dialled}`;
const taken = [begin, at('ringing'), at('answered'), key('1'), at('whispered'), key('1'), at('opened')];
const joined = `${told} @answer *accepted open *joined =joined`;

for (const [what, people, events, expected] of [
  ['nobody is on duty', [], [begin], '*exhausted =exhausted'],
  ['taken by key', [nurse], taken, joined],
  [
    'the caller hangs up as the call is taken',
    [nurse],
    [...taken.slice(0, -1), gone],
    `${told} @answer *accepted open drop =caller-left`,
  ],
  [
    'busy: the next takes it',
    [nurse, doctor],
    [begin, failed('sip-486'), at('ringing', 1)],
    `${dialled} *failed:sip-486 ${next} *ringing`,
  ],
  [
    'nobody answers: the list is exhausted',
    [nurse],
    [begin, at('ringing'), failed('sip-408')],
    `${dialled} *ringing *failed:sip-408 *exhausted =exhausted`,
  ],
  [
    'an answering machine, by its long speech',
    [nurse, doctor],
    [begin, at('ringing'), at('answered'), at('monologue')],
    `${screened} *failed:voicemail ${next}`,
  ],
  [
    'an answering machine that is silent',
    [nurse],
    [begin, at('ringing'), at('answered'), time('answer')],
    `${screened} *failed:no-person *exhausted =exhausted`,
  ],
  [
    'a machine that says yes hears nothing of the caller where a key is asked for',
    [nurse],
    [begin, at('ringing'), at('answered'), said(true)],
    screened,
  ],
  [
    'what is not understood is asked for once more',
    [doctor],
    [begin, at('ringing'), at('answered'), said(undefined), said(undefined), said(true), said(undefined)],
    `${screened} >screen @answer *whispered >summary @answer`,
  ],
  [
    'speech takes a call where it may',
    [doctor],
    [begin, at('ringing'), at('answered'), said(true), said(true)],
    `${told} *accepted open`,
  ],
  [
    'a person who talks for long while they are told is no machine',
    [nurse],
    [begin, at('ringing'), at('answered'), key('1'), at('monologue')],
    told,
  ],
  [
    'key 2 says the summary again',
    [nurse],
    [begin, at('ringing'), at('answered'), key('1'), key('2')],
    `${told} *whispered >summary @answer`,
  ],
  [
    'declined by key',
    [nurse, doctor],
    [begin, at('ringing'), at('answered'), key('1'), key('3')],
    `${told} *declined ${next}`,
  ],
  [
    'declined in words',
    [doctor],
    [begin, at('ringing'), at('answered'), said(true), said(false)],
    `${told} *declined *exhausted =exhausted`,
  ],
  [
    'heard, and not taken',
    [nurse],
    [begin, at('ringing'), at('answered'), key('1'), at('whispered'), time('answer')],
    `${told} @answer *failed:not-taken *exhausted =exhausted`,
  ],
  [
    'staff hang up during the whisper',
    [nurse, doctor],
    [begin, at('ringing'), at('answered'), key('1'), at('left')],
    `${told} *failed:hung-up ${next}`,
  ],
  [
    'the caller hangs up during the whisper: staff are told',
    [nurse],
    [begin, at('ringing'), at('answered'), key('1'), gone, at('whispered')],
    `${told} >caller-gone drop =caller-left`,
  ],
  ['the caller hangs up while it rings', [nurse], [begin, gone], `${dialled} drop =caller-left`],
  [
    'the caller hears a word while they wait',
    [nurse],
    [begin, time('comfort')],
    `${dialled} <comfort @comfort`,
  ],
  ['none once they are connected', [nurse], [...taken, time('comfort')], joined],
  [
    'what comes late of the one before is passed over',
    [nurse, doctor],
    [begin, failed('sip-486'), at('answered', 0), key('1', 0), time('answer', 0)],
    `${dialled} *failed:sip-486 ${next}`,
  ],
  ['cold: given away', [desk], [begin, at('referred')], '*dialled refer @comfort *referred =referred'],
  [
    'cold and refused: the caller is told, and the next is tried',
    [desk, nurse],
    [begin, failed('sip-603')],
    `*dialled refer @comfort *failed:sip-603 ${next}`,
  ],
  [
    'after a take-over whoever is with the caller stays',
    [nurse],
    [{ kind: 'resume', joined: nurse, isThere: true }, at('opened'), gone],
    'open =joined',
  ],
  [
    'after a take-over with staff gone the caller is spoken to',
    [nurse],
    [{ kind: 'resume', joined: nurse, isThere: false }],
    '*left =left',
  ],
  [
    'after a take-over before anybody took it, the call is made anew',
    [nurse],
    [{ kind: 'resume', joined: undefined, isThere: false }],
    `drop ${dialled}`,
  ],
] as const satisfies readonly [string, readonly Person[], readonly TransferEvent[], string][]) {
  test(what, () => assert.equal(played(people, events).effects.map(short).join(' '), expected));
}

test('nothing happens once it is over', () => {
  const { state } = played([nurse], [begin, gone]);
  for (const event of [begin, gone, at('left'), key('1'), time('comfort')])
    assert.deepEqual(step(state, event), [state, []]);
});

test('whatever happens, nobody hears of the caller before a key or a yes, and nobody is connected who did not take the call', () => {
  const alphabet = [
    at('ringing'),
    at('answered'),
    at('monologue'),
    at('whispered'),
    at('opened'),
    key('2'),
    time('answer'),
  ];
  const sequences = (length: number): TransferEvent[][] =>
    length === 0 ? [[]] : sequences(length - 1).flatMap((rest) => alphabet.map((one) => [one, ...rest]));
  for (const events of sequences(4)) {
    const all = played([nurse], [begin, ...events]).effects.map(short);
    assert.ok(!all.includes('open'), JSON.stringify(events));
    if (!events.some(({ kind }) => kind === 'key'))
      assert.ok(!all.includes('>summary'), JSON.stringify(events));
  }
});
