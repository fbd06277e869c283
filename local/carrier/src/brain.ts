import { type Match, matchThreshold, rankCues } from './cues.ts';
import { hasIntent, type Intent } from './intents.ts';
import { answerTo, meaningOf, type Mind, wordingOf } from './mind.ts';
import { compareReadBack } from './read-back.ts';
import { spoken, type Step } from './steps.ts';
import { wordsOf } from './words.ts';

export interface Reaction {
  why:
    | 'answer'
    | 'unknownItem'
    | 'digression'
    | 'asksRepeat'
    | 'notUnderstood'
    | 'hello'
    | Exclude<Intent, 'wait'>;
  item?: string;
  steps: Step[];
}

/** Plain data, so that a test can start anywhere. */
export interface BrainState {
  /** How often each item has been answered. */
  answered: Readonly<Record<string, number>>;
  /** Asked, but so far met with a question back. */
  pending?: string;
  /** Answered last: what a read-back is about. */
  last?: string;
  /** Behaviours of the persona that happen once, and have. */
  spent: readonly string[];
  /** Turns in a row that were not understood. */
  lost: number;
}

export const newBrain: BrainState = { answered: {}, spent: [], lost: 0 };

/** What was heard since the person last spoke, cut by pauses, and for how long it has been silent, ms. */
export interface Heard {
  segments: readonly string[];
  silenceMs: number;
}

/** A question that was heard well and is new is answered at once; others wait in case the agent goes on. */
const doubtMs = 1300;
const confident = 0.7;
/** After an answer to a question back, the agent may repeat its own question: so long the person waits for it. */
const pendingMs = 1800;
const firstWordsMs = 9000;
const givesUpAfter = 5;

/**
 * Decides, pure: called again and again while the agent is silent, it returns a reaction as soon as there is one.
 * Undefined means to go on listening.
 */
export function react(
  mind: Mind,
  state: BrainState,
  heard: Heard,
): { state: BrainState; reaction?: Reaction } {
  const understood = understand(mind, state, heard.segments);
  if (understood?.intent === 'wait') return { state };
  if (understood?.intent !== undefined) return onIntent(mind, state, understood.intent, heard);
  if (understood?.match) {
    const { item, score } = understood.match;
    const sure = score >= confident && !(item in state.answered);
    if (!sure && heard.silenceMs < doubtMs) return { state };
    return onItem(mind, state, item);
  }
  if (state.pending !== undefined && heard.segments.length > 0) {
    return heard.silenceMs < pendingMs ? { state } : onItem(mind, state, state.pending);
  }
  return onNothing(mind, state, heard);
}

interface Understood {
  intent?: Intent;
  match?: Match;
}

/** Questions stand at the end: the last segment is tried alone, then with the ones before it; the best wins. */
function understand(mind: Mind, state: BrainState, segments: readonly string[]): Understood | undefined {
  const all = segments.join(' ');
  if (all === '') return undefined;
  if (hasIntent('readBack', all)) return { intent: 'readBack' };
  let best: Match | undefined;
  for (let count = 1; count <= segments.length; count += 1) {
    const top = bestItem(mind, state, segments.slice(-count).join(' '));
    const score = (top?.score ?? 0) - 0.05 * (count - 1);
    if (top && score > (best?.score ?? 0)) best = { item: top.item, score };
  }
  const match = best !== undefined && best.score >= matchThreshold ? best : undefined;
  const last = segments.at(-1) ?? '';
  if (hasIntent('goodbye', all) && !(match && match.score >= confident && !hasIntent('goodbye', last)))
    return { intent: 'goodbye' };
  if (match && match.score >= confident) return { match };
  for (const intent of ['consent', 'anythingElse', 'repeat', 'wait'] as const) {
    if (hasIntent(intent, all)) return match && intent === 'repeat' ? { match } : { intent };
  }
  if (match) return { match };
  return looksReadBack(mind, state, all) ? { intent: 'readBack' } : undefined;
}

/** What helps the item that is next in the questionnaire: it is what a listener expects. */
const expectation = 0.1;

/** The best item; between two that are nearly as good, the one that has not been answered yet. */
function bestItem(mind: Mind, state: BrainState, text: string): Match | undefined {
  const next = nextItem(mind, state);
  const ranked = rankCues(text, mind.candidates)
    .map(({ item, score }) => ({ item, score: item === next && score > 0 ? score + expectation : score }))
    .sort((a, b) => b.score - a.score);
  const top = ranked[0];
  if (!top || !(top.item in state.answered)) return top;
  return ranked.find(({ item, score }) => !(item in state.answered) && score >= top.score - 0.1) ?? top;
}

function nextItem({ candidates }: Mind, { last, answered }: BrainState): string | undefined {
  const from = candidates.findIndex(({ item }) => item === last) + 1;
  return candidates.slice(from).find(({ item }) => !(item in answered))?.item;
}

/** The agent repeats the last answer's numbers, and the question mark was lost on the way. */
function looksReadBack(mind: Mind, state: BrainState, text: string): boolean {
  const answer = state.last === undefined ? undefined : answerTo(mind.persona, state.last);
  const said = answer && meaningOf(answer);
  return said !== undefined && compareReadBack(text, said) === 'agrees';
}

/** Answers an item, or says `text` in place of the answer, before the agent has finished. */
export function answerItem(
  mind: Mind,
  state: BrainState,
  item: string | undefined,
  text: string | undefined,
): { state: BrainState; reaction: Reaction } {
  if (text === undefined && item !== undefined) return onItem(mind, state, item);
  const next = item === undefined ? state : { ...state, pending: item };
  return turn(next, 'answer', text ?? '', item);
}

/** The item that is being asked, as far as heard. */
export function recognise(mind: Mind, state: BrainState, segments: readonly string[]): Match | undefined {
  return understand(mind, state, segments)?.match;
}

function onItem(mind: Mind, state: BrainState, item: string): { state: BrainState; reaction: Reaction } {
  const { persona } = mind;
  const { digressions, asksRepeat, reactionMs, hangsUp } = persona.behaviour;
  const once = (name: string) => (state.spent.includes(name) ? undefined : [...state.spent, name]);
  const spentRepeat = asksRepeat.includes(item) ? once(`repeat:${item}`) : undefined;
  if (spentRepeat) {
    return turn({ ...state, spent: spentRepeat, pending: item }, 'asksRepeat', persona.phrases.repeat, item);
  }
  const digression = digressions.find(({ on }) => on === item);
  const spentDigression = digression && once(`digression:${item}`);
  if (digression && spentDigression) {
    return turn({ ...state, spent: spentDigression, pending: item }, 'digression', digression.says, item);
  }
  const times = state.answered[item] ?? 0;
  const next: BrainState = {
    ...without(state),
    answered: { ...state.answered, [item]: times + 1 },
    last: item,
    lost: 0,
  };
  const answer = answerTo(persona, item);
  if (!answer) return turn(next, 'unknownItem', persona.phrases.unknown, item);
  const steps: Step[] = reactionMs > 0 ? [{ kind: 'pause', ms: reactionMs }] : [];
  const wording = wordingOf(answer, times);
  if (wording !== undefined) steps.push(...spoken(wording));
  if (answer.keys !== undefined) steps.push({ kind: 'keys', digits: answer.keys });
  if (hangsUp && 'after' in hangsUp && hangsUp.after === item) steps.push({ kind: 'hangUp' });
  return { state: next, reaction: { why: 'answer', item, steps } };
}

function onIntent(
  mind: Mind,
  state: BrainState,
  intent: Exclude<Intent, 'wait'>,
  heard: Heard,
): { state: BrainState; reaction?: Reaction } {
  const { phrases, consent } = mind.persona;
  const next = { ...state, lost: 0 };
  switch (intent) {
    case 'readBack':
      return onReadBack(mind, next, heard.segments.join(' '));
    case 'consent':
      return turn(next, 'consent', consent);
    case 'anythingElse':
      return turn(next, 'anythingElse', phrases.nothingElse);
    case 'goodbye':
      if (state.spent.includes('goodbye')) return { state };
      return turn({ ...next, spent: [...state.spent, 'goodbye'] }, 'goodbye', phrases.goodbye);
    case 'repeat': {
      const item = state.pending ?? state.last;
      if (item === undefined) return turn(next, 'repeat', consent);
      return heard.silenceMs < doubtMs ? { state } : onItem(mind, next, item);
    }
  }
}

/** The read-back may be of an answer further back. */
function agreesWithAny(mind: Mind, heard: string): boolean {
  return Object.values(mind.persona.answers).some(
    (answer) => compareReadBack(heard, meaningOf(answer)) === 'agrees',
  );
}

/** Objects twice at most: after that the recogniser is more likely wrong than the agent. */
function onReadBack(mind: Mind, state: BrainState, heard: string): { state: BrainState; reaction: Reaction } {
  const { phrases } = mind.persona;
  const { last } = state;
  const answer = last === undefined ? undefined : answerTo(mind.persona, last);
  if (last === undefined || !answer) return turn(state, 'readBack', phrases.yes);
  const correction = `readBack:${last}`;
  if (answer.onReadBack !== undefined && !state.spent.includes(correction)) {
    return turn({ ...state, spent: [...state.spent, correction] }, 'readBack', answer.onReadBack, last);
  }
  const said = meaningOf(answer);
  const objections = state.spent.filter((name) => name === `objection:${last}`).length;
  if (compareReadBack(heard, said) !== 'differs' || objections >= 2 || agreesWithAny(mind, heard)) {
    return turn(state, 'readBack', phrases.yes, last);
  }
  const spent = [...state.spent, `objection:${last}`];
  return turn(
    { ...state, spent },
    'readBack',
    `${phrases.no}. ${wordingOf(answer, objections + 1) ?? said}`,
    last,
  );
}

function onNothing(mind: Mind, state: BrainState, heard: Heard): { state: BrainState; reaction?: Reaction } {
  const { phrases, behaviour } = mind.persona;
  const anything = wordsOf(heard.segments.join(' ')).length > 0;
  const patience = anything ? behaviour.patienceMs : Math.max(firstWordsMs, 2 * behaviour.patienceMs);
  if (heard.silenceMs < patience || state.spent.includes('goodbye')) return { state };
  const next = { ...state, lost: state.lost + 1 };
  if (next.lost > givesUpAfter) {
    return {
      state: next,
      reaction: { why: 'goodbye', steps: [...spoken(phrases.goodbye), { kind: 'hangUp' }] },
    };
  }
  if (!anything) return turn(next, 'hello', 'hello? are you there?');
  return turn(next, 'notUnderstood', next.lost % 3 === 0 ? phrases.unknown : phrases.repeat);
}

function turn(
  state: BrainState,
  why: Reaction['why'],
  text: string,
  item?: string,
): { state: BrainState; reaction: Reaction } {
  return { state, reaction: { why, ...(item === undefined ? {} : { item }), steps: spoken(text) } };
}

function without(state: BrainState): BrainState {
  const { pending: _, ...rest } = state;
  return rest;
}
