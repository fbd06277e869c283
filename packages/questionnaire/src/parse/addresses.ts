import type { ParsedAnswer } from '../types.ts';
import { answered, refused } from './answered.ts';
import { spellingAt } from './letters.ts';
import { resembles } from './likeness.ts';
import { digitRow, houseNumberAt, lineAt, titled, unitAt } from './street-line.ts';
import { streetTypes, units } from './street-words.ts';
import { isCorrecting, isTakenBack } from './taken-back.ts';
import { findAll, type Match, type Token, tokenize, wordSet } from './tokens.ts';
import { stateAt } from './us-states.ts';

/** A US postal address as far as it was said. `line` is the street with its number, `state` two letters. */
export interface SpokenAddress {
  line: string;
  city?: string;
  state?: string;
  postalCode?: string;
}

const carriers = wordSet(
  "i live at in on address my home mailing street is it's and the zip zip's code postal that's city state of usa just we live we're staying",
);

/** "1420 Maple Street Apt 3, Dayton, OH 45402". */
export function addressText({ line, city, state, postalCode }: SpokenAddress): string {
  const region = [state, postalCode].filter((part) => part !== undefined).join(' ');
  return [line, city, region].filter((part) => part !== undefined && part !== '').join(', ');
}

/** A US street address, with whatever of city, state and zip was said; without a number and a street it is asked for again. */
export function parseAddress(words: string): ParsedAnswer {
  const said = tokenize(words);
  const tokens = withoutJust(respelled(withoutComma(said)));
  const line = standingLine(tokens);
  if (!line) {
    return tokens.some((_, at) => houseNumberAt(tokens, at))
      ? refused('incomplete', 'I need the number and the name of the street.')
      : refused('not-understood', 'I could not make out a street address.');
  }
  const unit = unitBefore(tokens, line.start);
  if (unit === 'unclear') return refused('ambiguous', 'Which is the number of the house?');
  const rest = placeIn(tokens, line.end);
  if ('problem' in rest) return rest;
  if (isTakenBack(tokens, [line]) || tokens.some(({ word }, at) => word === 'or' && !isState(tokens, at)))
    return refused('ambiguous', 'I could not tell which address you mean.');
  const { matches, value: place, doubtful } = rest;
  const value = addressText({ line: unit ? `${line.value} ${unit.value}` : line.value, ...place });
  const repaired = [
    ...(doubtful ? ['city'] : []),
    ...(line.start === 0 && misheard[tokens[0]!.word] !== undefined ? [tokens[0]!.word] : []),
  ];
  const corrected = tokens.slice(0, line.start).some((_, at) => isCorrecting(tokens, at));
  const used = { ...line, start: corrected ? 0 : (unit?.start ?? line.start) };
  return answered(value, value, { tokens, matches: [used, ...matches], match: line, carriers, repaired });
}

function isState(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.raw === 'OR';
}

function withoutComma(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ word }) => word !== 'comma');
}

/** "Broadway, just Broadway". */
function withoutJust(tokens: readonly Token[]): Token[] {
  const again = tokens.findIndex(
    ({ word }, at) => word === 'just' && at > 0 && tokens[at + 1]?.word === tokens[at - 1]?.word,
  );
  return again < 0 ? [...tokens] : tokens.filter((_, at) => at !== again && at !== again + 1);
}

/** "Barre, that's B A R R E": what is spelled takes the place of the word just before, and says nothing else. */
function respelled(tokens: readonly Token[]): Token[] {
  const rows = findAll(tokens, spellingAt).filter(({ value }) => value.length > 2);
  const drop = new Set<number>();
  const mended = [...tokens];
  for (const { start, end, value } of rows) {
    const about = [1, 2, 3]
      .map((back) => start - back)
      .find((at) => at >= 0 && tokens[at]!.word.length > 2 && resembles(tokens[at]!.word, value));
    if (about === undefined) continue;
    const raw = value.charAt(0).toUpperCase() + value.slice(1);
    mended[about] = { ...tokens[about]!, word: value, raw };
    for (let at = start; at < end; at++) drop.add(at);
    for (let at = start - 1; at > about && /^(?:that's|that|is|spelled)$/.test(tokens[at]!.word); at--)
      drop.add(at);
  }
  return mended.filter((_, at) => !drop.has(at));
}

/** An address begins with its number: "for Park Place". */
const misheard: Readonly<Record<string, string>> = {
  for: 'four',
  to: 'two',
  too: 'two',
  ate: 'eight',
  won: 'one',
  tree: 'three',
};

/** The street that stands: the last, where one before it was corrected. */
function standingLine(tokens: readonly Token[]): Match<string> | undefined {
  const mended = tokens.map((token, at) => ({
    ...token,
    word: (at === 0 ? misheard[token.word] : undefined) ?? token.word,
  }));
  const found = findAll(mended, lineAt);
  const [first, second] = found;
  if (!second || !first) return first;
  const turned = tokens.slice(first.end, second.start).some((_, at) => isCorrecting(tokens, first.end + at));
  return turned ? second : first;
}

/** "Apartment two C at four Park Place"; in "apartment nine eighteen Beach Terrace" one number ends somewhere. */
function unitBefore(tokens: readonly Token[], line: number): Match<string> | 'unclear' | undefined {
  const at = tokens.findIndex(({ word }, index) => index < line && units.has(word) && word !== 'number');
  if (at < 0) return undefined;
  const unit = unitAt(tokens, at);
  return unit && unit.end <= line ? unit : 'unclear';
}

interface Place {
  value: Omit<SpokenAddress, 'line'>;
  matches: Match<unknown>[];
  doubtful: boolean;
}

/** City, state and zip behind the street. */
function placeIn(tokens: readonly Token[], from: number): Place | Extract<ParsedAnswer, { ok: false }> {
  const zip = zipIn(tokens, from);
  if (zip === 'wrong') return refused('wrong-format', 'I need the zip code with its five digits.');
  const end = zip?.start ?? tokens.length;
  const states = [];
  for (let at = from; at < end; at++) {
    const state = stateAt(tokens, at);
    if (state && state.end <= end) {
      states.push(state);
      at = state.end - 1;
    }
  }
  const state = states.at(-1);
  const before = cityWords(tokens, from, state?.start ?? end);
  const after = state ? cityWords(tokens, state.end, end) : [];
  // "Boys he, Idaho, Boise": said again after the state.
  const again = after.length > 0 && after.length < 4 && before.length > 0;
  const city = again ? after : before;
  if (city.length > 4 || (after.length > 0 && !again) || city.some((token) => sentence.has(token.word)))
    return refused('ambiguous', 'I could not make out the city.');
  const name = city.map(titled).join(' ').replace(/^St /, 'Saint ');
  const value = {
    ...(name === '' ? {} : { city: name }),
    ...(state ? { state: state.value } : {}),
    ...(zip ? { postalCode: zip.value } : {}),
  };
  const place = { value: '', start: from, end: state?.end ?? end };
  return {
    value,
    matches: [place, ...(zip ? [zip] : []), ...(again ? [{ ...place, end }] : [])],
    doubtful: again,
  };
}

const sentence = wordSet(
  'i my is it we but because not no sorry wait moved live across near behind building house something or do you',
);
const betweenParts = wordSet("in and the zip zip's code is it's postal that's city of just um near");

/** The words of a city, those after a correction; another street there is left to be told. */
function cityWords(tokens: readonly Token[], from: number, to: number): Token[] {
  const all = tokens.slice(from, to);
  const turn = all.findLastIndex((_, at) => isCorrecting(tokens, from + at));
  const restart = all.slice(turn + 1).some(({ word }) => streetTypes.has(word) && word !== 'green');
  const words = turn < 0 || restart || turn === all.length - 1 ? all : all.slice(turn + 1);
  return words.filter(({ word }) => !betweenParts.has(word) || (word === 'of' && words.length > 2));
}

/** Five digits at the end (nine with the add-on), in whatever groups they are said. */
function zipIn(tokens: readonly Token[], from: number): Match<string> | 'wrong' | undefined {
  // "OH 45402": the state, not a zero.
  const spoken = tokens.map((token) => (token.raw === 'OH' ? { ...token, word: '' } : token));
  const rows = findAll(spoken, (all, at) => (at < from ? undefined : digitRow(all, at)));
  const [first, second, third] = rows;
  if (!first || third) return first && 'wrong';
  if (!second) return zipOf(first, first.value);
  const turned = tokens.slice(first.end, second.start).some((_, at) => isCorrecting(tokens, first.end + at));
  if (!turned && second.value !== first.value)
    return zipOf({ ...first, end: second.end }, first.value + second.value);
  const kept = first.value.slice(0, Math.max(0, 5 - second.value.length));
  return zipOf({ ...first, end: second.end }, second.value.length < 5 ? kept + second.value : second.value);
}

function zipOf(place: Match<string>, digits: string): Match<string> | 'wrong' {
  const once = /^(\d{5})\1$/.exec(digits)?.[1] ?? digits.replace(/-/g, '');
  if (once.length === 5) return { ...place, value: once };
  return once.length === 9 ? { ...place, value: `${once.slice(0, 5)}-${once.slice(5)}` } : 'wrong';
}
