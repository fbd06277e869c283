import type { ParsedAnswer } from '../types.ts';
import { refused } from './answered.ts';
import { resembles } from './likeness.ts';
import { digitRow, titled } from './street-line.ts';
import { streetTypes } from './street-words.ts';
import { isCorrecting } from './taken-back.ts';
import { findAll, type Match, type Token, wordSet } from './tokens.ts';
import { stateAt } from './us-states.ts';

/** A US postal address as far as it was said. `line` is the street with its number, `state` two letters. */
export interface SpokenAddress {
  line: string;
  city?: string;
  state?: string;
  postalCode?: string;
}

interface Place {
  value: Omit<SpokenAddress, 'line'>;
  matches: Match<unknown>[];
  doubtful: boolean;
}

/** City, state and zip behind the street; what else is said there is left unused. */
export function placeIn(
  tokens: readonly Token[],
  from: number,
): Place | Extract<ParsedAnswer, { ok: false }> {
  const zip = zipIn(tokens, from);
  if (zip === 'wrong') return refused('wrong-format', 'I need the zip code with its five digits.');
  const end = zip?.start ?? tokens.length;
  const state = statesIn(tokens, from, end).at(-1);
  const before = cityIn(tokens, from, state?.start ?? end);
  const after = state ? cityIn(tokens, state.end, end) : { words: [] };
  if (before === 'unclear' || after === 'unclear')
    return refused('ambiguous', 'I could not make out the city.');
  // "Boys he, Idaho, Boise": said again after the state.
  const again = after.words.length > 0 && before.words.length > 0 && isSaidAgain(before.words, after.words);
  const city = again ? after : before;
  const name = city.words.map(titled).join(' ').replace(/^St /, 'Saint ');
  const value = {
    ...(name === '' ? {} : { city: name }),
    ...(state ? { state: state.value } : {}),
    ...(zip ? { postalCode: zip.value } : {}),
  };
  const used = before.words
    .map((word) => tokens.indexOf(word))
    .map((at) => ({ value: name, start: at, end: at + 1 }));
  return {
    value,
    matches: [
      ...used,
      ...(state ? [state] : []),
      ...(zip ? [zip] : []),
      ...(again ? [{ value: name, start: state!.end, end }] : []),
    ],
    doubtful: again,
  };
}

function isSaidAgain(before: readonly Token[], after: readonly Token[]): boolean {
  const [first, second] = [before, after].map((words) => words.map(({ word }) => word).join(''));
  return after.length < 4 && resembles(first!, second!);
}

function statesIn(tokens: readonly Token[], from: number, end: number): Match<string>[] {
  const states: Match<string>[] = [];
  for (let at = from; at < end; at++) {
    const state = stateAt(tokens, at);
    if (state && state.end <= end) {
      states.push(state);
      at = state.end - 1;
    }
  }
  return states;
}

/** Words that leave it open which city is meant. */
const torn = wordSet('not no sorry wait or actually mean');
/** Words of sentences, which no city is made of: a remark on the house, or to the listener. */
const sentence = wordSet(
  "i my i've i'm we you your they there where when if because building house door past something don't can can't won't lived moved come came which what who thank thanks please honey sugar dear sweetheart darling got have has see find know yes trailer mailbox driveway",
);
const opening = wordSet('across behind next by over off right just down up back front with on a');
const betweenParts = wordSet("in and the zip zip's code is it's postal that's of just um near");
const mostWords = 4;

/** The words of a city, those after a correction, or after "in" or "but"; none where they make a remark. */
function cityIn(tokens: readonly Token[], from: number, to: number): { words: Token[] } | 'unclear' {
  const all = cityWords(tokens, from, to);
  if (all.some(({ word }) => torn.has(word))) return 'unclear';
  const led = all.findLastIndex(({ word }) => word === 'in' || word === 'but');
  const rest = all.slice(led + 1);
  const first = rest.findIndex(({ word }) => !betweenParts.has(word));
  const stop = rest.findIndex(({ word }, at) => word === 'and' && at > first);
  const part = stop < 0 ? rest : rest.slice(0, stop);
  const words = part.filter(
    ({ word }, at) => (!betweenParts.has(word) || isInside(part, at)) && !isLabel(part, at),
  );
  if (opening.has(words[0]?.word ?? '') || words.some(({ word }) => sentence.has(word))) return { words: [] };
  return words.length > mostWords ? 'unclear' : { words };
}

/** "The city is Dayton", "city of Dayton": not the name; "Oklahoma City" is. */
function isLabel(words: readonly Token[], at: number): boolean {
  return words[at]!.word === 'city' && (at === 0 || /^(?:of|is)$/.test(words[at + 1]?.word ?? ''));
}

/** The "of" of a name of more words. */
function isInside(words: readonly Token[], at: number): boolean {
  return words[at]!.word === 'of' && at > 0 && words.length > 2 && words[at - 1]!.word !== 'city';
}

function cityWords(tokens: readonly Token[], from: number, to: number): Token[] {
  const all = tokens.slice(from, to);
  const turn = all.findLastIndex((_, at) => isCorrecting(tokens, from + at));
  const restart = all.slice(turn + 1).some(({ word }) => streetTypes.has(word) && word !== 'green');
  return turn < 0 || restart || turn === all.length - 1 ? all : all.slice(turn + 1);
}

/** Five digits at the end (nine with the add-on), in whatever groups they are said. */
function zipIn(tokens: readonly Token[], from: number): Match<string> | 'wrong' | undefined {
  // "OH 45402": the state, not a zero.
  const spoken = tokens.map((token) => (token.raw === 'OH' ? { ...token, word: '' } : token));
  const rows = findAll(spoken, (all, at) => (at < from ? undefined : digitRow(all, at))).filter(
    (row) => !isCount(tokens, row),
  );
  const [first, second, third] = rows;
  if (!first || third) return first && 'wrong';
  if (!second) return zipOf(first, first.value);
  const turned = tokens.slice(first.end, second.start).some((_, at) => isCorrecting(tokens, first.end + at));
  if (!turned && second.value !== first.value)
    return zipOf({ ...first, end: second.end }, first.value + second.value);
  const kept = first.value.slice(0, Math.max(0, 5 - second.value.length));
  return zipOf({ ...first, end: second.end }, second.value.length < 5 ? kept + second.value : second.value);
}

/** "Forty years", "two doors down": no digits of a zip code. */
function isCount(tokens: readonly Token[], { end, value }: Match<string>): boolean {
  return (
    value.length < 3 &&
    /^(?:years?|months?|doors?|blocks?|miles?|minutes?|floors?|houses?|times|of)$/.test(
      tokens[end]?.word ?? '',
    )
  );
}

function zipOf(place: Match<string>, digits: string): Match<string> | 'wrong' {
  const once = /^(\d{5})\1$/.exec(digits)?.[1] ?? digits.replace(/-/g, '');
  if (once.length === 5) return { ...place, value: once };
  return once.length === 9 ? { ...place, value: `${once.slice(0, 5)}-${once.slice(5)}` } : 'wrong';
}
