import type { Bound, ParsedAnswer } from '../types.ts';
import { displayTime } from '../speak/displays.ts';
import { answered, refused } from './answered.ts';
import { repairNumbers } from './homophones.ts';
import { type SpokenTime, spokenTimeAt } from './spoken-time.ts';
import { isDenied, isLimit, isRange, undenied } from './standing.ts';
import { findAll, type Match, settle, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  'at around about by time sharp exactly clock right on dot or so hours in morning afternoon evening night was lunchtime',
);

/** The opening hours that a time has to lie in. */
export interface Hours {
  earliest?: Bound | undefined;
  latest?: Bound | undefined;
}

export function parseTime(words: string, hours: Hours = {}): ParsedAnswer {
  const { tokens, repaired } = repairNumbers(tokenize(words));
  const found = timesIn(tokens);
  const all = found.map((match) => ({ ...match, value: withHalf(match.value, tokens) }));
  const matches = undenied(tokens, all);
  if (isRange(tokens, matches.slice(-2))) return refused('ambiguous', 'I heard more than one time.');
  const settled = settleTimes(tokens, matches);
  if (!settled) {
    return matches.length > 1
      ? refused('ambiguous', 'I heard more than one time.')
      : refused('not-understood', 'I could not make out a time.');
  }
  if (
    isLimit(tokens, settled.match) ||
    isDenied(tokens, settled.match) ||
    /^(?:before|after|till|until|past)$/.test(tokens[settled.match.start - 1]?.word ?? '')
  )
    return refused('ambiguous', 'At what time exactly?');
  const value = wholeTime(withinHours(settled.value, hours));
  if (value === undefined) return refused('ambiguous', 'Is that in the morning or in the afternoon?');
  const { match, corrected } = settled;
  return answered(value, displayTime(value), {
    tokens,
    matches: found,
    match,
    carriers,
    corrected: corrected || matches.length < found.length,
    repaired,
  });
}

/** Times with a half of the day stand before those without: "half six in the morning, I mean six thirty" is one. */
export function timesIn(tokens: readonly Token[]): Match<SpokenTime>[] {
  return findAll(tokens, (all, at) => (isPronoun(all, at) ? undefined : spokenTimeAt(all, at)));
}

function isPronoun(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word ?? '';
  return tokens[at]?.word === 'one' && /^(?:past|last|that|this|the|which|any|either|no)$/.test(before);
}

/** The one time; a corrected one takes the half of the day from the other, when only one was said. */
export function settleTimes(
  tokens: readonly Token[],
  matches: readonly Match<SpokenTime>[],
): { value: SpokenTime; corrected: boolean; match: Match<SpokenTime> } | undefined {
  const halves = new Set(matches.flatMap(({ value }) => value.half ?? []));
  const [half] = halves.size === 1 ? halves : [];
  const even = matches.map((match) =>
    half !== undefined && match.value.half === undefined && match.value.hour <= 12 && match.value.hour > 0
      ? { ...match, value: { ...match.value, half } }
      : match,
  );
  return settle(tokens, even);
}

/** `hh:mm:ss`; undefined when it could be morning or afternoon. */
export function wholeTime({ hour, minute, half, exact }: SpokenTime): string | undefined {
  if (half === undefined && !exact && hour >= 1 && hour <= 12) return undefined;
  const whole = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return `${String(whole).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}

/** "Two o'clock", where only one of both lies in the opening hours. */
function withinHours(time: SpokenTime, { earliest, latest }: Hours): SpokenTime {
  if (time.half !== undefined || typeof earliest !== 'string' || typeof latest !== 'string') return time;
  const open = (['am', 'pm'] as const).filter((half) => {
    const whole = wholeTime({ ...time, half });
    return whole !== undefined && whole >= earliest && whole <= latest;
  });
  return open.length === 1 && time.hour <= 12 && time.hour > 0 ? { ...time, half: open[0]! } : time;
}

/** The half of the day from "this morning", "tonight", "Friday evening", where the hour fits it. */
export function withHalf(time: SpokenTime, tokens: readonly Token[]): SpokenTime {
  if (time.half !== undefined || time.hour > 12) return time;
  const fits = (first: number, last: number) => time.hour >= first && time.hour <= last;
  const halves = tokens.flatMap(({ word }): ('am' | 'pm')[] => {
    if (word === 'morning') return fits(1, 11) ? ['am'] : [];
    if (word === 'afternoon') return fits(1, 6) || time.hour === 12 ? ['pm'] : [];
    if (word === 'evening') return fits(4, 11) ? ['pm'] : [];
    if (/^lunch(?:time|hour)?$/.test(word))
      return fits(1, 2) || fits(12, 12) ? ['pm'] : fits(11, 11) ? ['am'] : [];
    if (/^(?:dinner|supper|tea)(?:time)?$/.test(word)) return fits(3, 9) ? ['pm'] : [];
    if (/^(?:breakfast(?:time)?|dawn|sunrise|sunup|daybreak)$/.test(word)) return fits(4, 10) ? ['am'] : [];
    if (/^(?:sunset|sundown|dusk)$/.test(word)) return fits(4, 9) ? ['pm'] : [];
    return /^(?:night|tonight)$/.test(word) && fits(6, 11) ? ['pm'] : [];
  });
  return new Set(halves).size === 1 ? { ...time, half: halves[0]! } : time;
}
