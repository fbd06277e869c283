import { displayDay } from '../speak/displays.ts';
import { isDay, isoDay, parseIsoDay } from './calendar.ts';
import { dayAt, monthAt, yearAt } from './date-words.ts';
import { tokenize, unusedWords, wordSet } from './tokens.ts';

const carriers = wordSet('on in of the day month year is should');

/** Corrects one part of a date: "the fourth", "april", "nineteen eighty six", "april fourth". Undefined when unsure. */
export function mergeDate(old: string, words: string): { value: string; display: string } | undefined {
  const day = parseIsoDay(old);
  if (!day) return undefined;
  const tokens = tokenize(words);
  const start = tokens.findIndex((token) => !carriers.has(token.word));
  if (start < 0) return undefined;
  const month = monthAt(tokens, start);
  const afterMonth = month?.end ?? start;
  const year = yearAt(tokens, afterMonth);
  const date = year?.value.full ? undefined : dayAt(tokens, afterMonth);
  const part = year?.value.full ? year : date;
  if (!month && !part) return undefined;
  const used = { value: 0, start, end: part?.end ?? afterMonth };
  if (unusedWords(tokens, [used], carriers).length > 0) return undefined;
  const merged = {
    year: year?.value.full ? year.value.value : day.year,
    month: month?.value ?? day.month,
    day: date?.value ?? day.day,
  };
  return isDay(merged) ? { value: isoDay(merged), display: displayDay(merged) } : undefined;
}
