import type { ParsedAnswer } from '../types.ts';
import { answered, refused } from './answered.ts';
import { placeIn, type SpokenAddress } from './address-place.ts';
import { respelled } from './address-respelled.ts';
import { houseNumberAt, lineAt, unitAt } from './street-line.ts';
import { units } from './street-words.ts';
import { isCorrecting, isTakenBack } from './taken-back.ts';
import { findAll, type Match, type Token, tokenize, wordSet } from './tokens.ts';

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
