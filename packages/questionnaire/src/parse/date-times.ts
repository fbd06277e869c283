import type { ParsedAnswer } from '../types.ts';
import { displayDay, displayTime } from '../speak/displays.ts';
import { answered, refused } from './answered.ts';
import { isoDay, parseIsoDay, plus } from './calendar.ts';
import { dayIn, type HeardDay } from './dates.ts';
import { repairNumbers } from './homophones.ts';
import type { DayOptions } from './spoken-day.ts';
import type { SpokenTime } from './spoken-time.ts';
import { settleTimes, timesIn, wholeTime, withHalf } from './times.ts';
import { type Match, type Token, tokenize, wordSet } from './tokens.ts';

const carriers = wordSet(
  'at on around about it was the of since in morning afternoon evening night happened right or so just this past one last gone',
);

/** "tomorrow at three p.m.", "this morning at nine", "Friday evening at six", `2026-11-22T09:00:00`. */
export function parseDateTime(words: string, options: DayOptions): ParsedAnswer {
  const iso = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?/.exec(words.trim());
  if (iso && parseIsoDay(iso[1]!)) {
    const [day, time] = [iso[1]!, `${iso[2]}${iso[3] ?? ':00'}`];
    return answered(`${day}T${time}`, display(day, time), { tokens: [], matches: [], carriers });
  }
  const { tokens, repaired } = repairNumbers(tokenize(words));
  const heard = dayIn(tokens, options);
  if ('problem' in heard) {
    return heard.code === 'ambiguous' || heard.code === 'wrong-format'
      ? heard
      : refused('incomplete', 'I need the day with its month and year, and the time.');
  }
  const matches = timesBeside(tokens, heard);
  const settled = timeOf(tokens, matches);
  const time = settled && wholeTime(settled.value);
  if (settled === undefined || time === undefined)
    return refused('incomplete', 'I need the time as well, and whether it is morning or afternoon.');
  const day = dayOf(tokens, heard, time);
  return answered(`${day}T${time}`, display(day, time), {
    tokens,
    matches: [...heard.matches, ...matches],
    carriers,
    corrected: heard.corrected || settled.corrected,
    repaired,
  });
}

function display(day: string, time: string): string {
  return `${displayDay(parseIsoDay(day)!)}, ${displayTime(time)}`;
}

function timesBeside(tokens: readonly Token[], heard: HeardDay): Match<SpokenTime>[] {
  const rest = tokens.map((token, index) =>
    heard.matches.some(({ start, end }) => index >= start && index < end) ? { ...token, word: '' } : token,
  );
  return timesIn(rest).map((match) => ({ ...match, value: withHalf(match.value, tokens) }));
}

/** The one time. "At nine, no, ten" may have been one time misheard; "no wait" and "sorry" leave no doubt. */
function timeOf(
  tokens: readonly Token[],
  matches: readonly Match<SpokenTime>[],
): { value: SpokenTime; corrected: boolean } | undefined {
  const [first] = matches;
  if (matches.length === 1 && first) return { value: first.value, corrected: false };
  const settled = settleTimes(tokens, matches);
  if (!settled?.corrected) return settled;
  const corrected = tokens.some(({ word }) => /^(?:wait|sorry|mean|make|actually|rather)$/.test(word));
  return corrected ? settled : undefined;
}

/** "Midnight tonight" is when today ends. */
function dayOf(tokens: readonly Token[], { day }: HeardDay, time: string): string {
  const words = tokens.map(({ word }) => word);
  const ends = time === '00:00:00' && words.includes('midnight') && words.includes('tonight');
  return ends ? plus(isoDay(day), 1, 'day') : isoDay(day);
}
