import type { ParsedAnswer } from '../types.ts';
import { displayDay, displayTime } from '../speak/displays.ts';
import { isoDay, parseIsoDay } from './calendar.ts';
import { dayIn } from './dates.ts';
import type { DayOptions } from './spoken-day.ts';
import { type SpokenTime, spokenTimeAt, wholeTime } from './times.ts';
import { correctionWords, findAll, type Token, tokenize, unusedWords, wordSet } from './tokens.ts';

const carriers = wordSet('at on around about it was the of since in morning afternoon evening night');

/** "tomorrow at three p.m.", "this morning at nine", "Friday evening at six", `2026-11-22T09:00:00`. */
export function parseDateTime(words: string, options: DayOptions): ParsedAnswer {
  const iso = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?/.exec(words.trim());
  if (iso && parseIsoDay(iso[1]!)) return whole(iso[1]!, `${iso[2]}${iso[3] ?? ':00'}`, []);
  const tokens = tokenize(words);
  const heard = dayIn(tokens, options);
  if ('problem' in heard) {
    if (heard.code === 'ambiguous' || heard.code === 'wrong-format') return heard;
    return {
      ok: false,
      code: 'incomplete',
      problem: 'I need the day with its month and year, and the time.',
    };
  }
  const rest = tokens.map((token, index) =>
    heard.matches.some(({ start, end }) => index >= start && index < end) ? { word: '', raw: '' } : token,
  );
  const times = findAll(rest, (all, at) => (all[at]!.word === '' ? undefined : spokenTimeAt(all, at)));
  const time = times[0] && wholeTime(withHalf(times[0].value, tokens));
  if (times.length !== 1 || time === undefined) {
    return {
      ok: false,
      code: 'incomplete',
      problem: 'I need the time as well, and whether it is morning or afternoon.',
    };
  }
  const extra = heard.corrected ? new Set([...carriers, ...correctionWords]) : carriers;
  return whole(isoDay(heard.day), time, unusedWords(tokens, [...heard.matches, ...times], extra));
}

/** The half of the day from "this morning", "tonight", "Friday evening", where the hour fits it. */
function withHalf(time: SpokenTime, tokens: readonly Token[]): SpokenTime {
  if (time.half !== undefined) return time;
  const fits = (first: number, last: number) => time.hour >= first && time.hour <= last;
  const halves = tokens.flatMap(({ word }): ('am' | 'pm')[] => {
    if (word === 'morning') return fits(1, 11) ? ['am'] : [];
    if (word === 'afternoon') return fits(1, 6) || time.hour === 12 ? ['pm'] : [];
    if (word === 'evening') return fits(4, 11) ? ['pm'] : [];
    return /^(?:night|tonight)$/.test(word) && fits(6, 11) ? ['pm'] : [];
  });
  return new Set(halves).size === 1 ? { ...time, half: halves[0]! } : time;
}

function whole(day: string, time: string, unused: string[]): ParsedAnswer {
  const display = `${displayDay(parseIsoDay(day)!)}, ${displayTime(time)}`;
  return { ok: true, value: `${day}T${time}`, display, covered: unused.length === 0, unused };
}
