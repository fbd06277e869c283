import type { Item, ParseContext, ParsedAnswer } from '../types.ts';
import { displayDay, displayTime } from '../speak/displays.ts';
import { parseIsoDay } from './calendar.ts';
import { parseChoice } from './choice.ts';
import { parseDate, spokenDayAt } from './dates.ts';
import { parseName } from './names.ts';
import { parsePhone } from './phone.ts';
import { parseDecimal, parseInteger } from './plain-numbers.ts';
import { parseQuantity } from './quantities.ts';
import { parseCode, parseEmail, parseText } from './text.ts';
import { parseTime, spokenTimeAt, wholeTime } from './times.ts';
import { findAll, tokenize, unusedWords, wordSet } from './tokens.ts';
import { parseBoolean } from './yes-no.ts';

/**
 * What the caller's words (or an already normalised value) say in answer to that item, by its type. Nothing is
 * guessed: what is missing, doubtful or contradictory is refused with a problem that can be said.
 */
export function parseAnswer(item: Item, words: string, context: ParseContext): ParsedAnswer {
  switch (item.type) {
    case 'boolean':
      return parseBoolean(words, item.text);
    case 'integer':
      return parseInteger(words);
    case 'decimal':
      return parseDecimal(words);
    case 'date':
      return parseDate(words, { ...context, past: isPast(item) });
    case 'dateTime':
      return parseDateTime(words, context, isPast(item));
    case 'time':
      return parseTime(words);
    case 'quantity':
      return parseQuantity(words, item.unit);
    case 'choice':
      return parseChoice(words, item.options);
    case 'open-choice': {
      const chosen = parseChoice(words, item.options);
      return chosen.ok && chosen.covered ? chosen : parseText(words);
    }
    case 'string':
    case 'text':
      return parseWords(item, words);
    case 'group':
    case 'display':
      return { ok: false, code: 'not-asked-of-callers', problem: 'This is not a question.' };
  }
}

function parseWords(item: Item, words: string): ParsedAnswer {
  switch (item.form) {
    case 'name':
      return parseName(words);
    case 'phone':
      return parsePhone(words);
    case 'email':
      return parseEmail(words);
    case 'code':
      return parseCode(words);
    case 'free':
      return parseText(words);
  }
}

/** A bound of "today" from above says that the date lies in the past. */
function isPast(item: Item): boolean {
  const { maximum } = item.rules;
  return typeof maximum === 'object' && 'todayPlus' in maximum && maximum.todayPlus <= 0;
}

const carriers = wordSet('at on around about it was the of since');

function parseDateTime(words: string, context: ParseContext, past: boolean): ParsedAnswer {
  const iso = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?/.exec(words.trim());
  if (iso && parseIsoDay(iso[1]!)) return whole(iso[1]!, `${iso[2]}${iso[3] ?? ':00'}`, []);
  const tokens = tokenize(words);
  const days = findAll(tokens, (all, at) => spokenDayAt(all, at, { ...context, past }));
  const day = days[0];
  const { year, month, day: date } = day?.value ?? {};
  if (!day || days.length > 1 || year === undefined || month === undefined || date === undefined) {
    return {
      ok: false,
      code: 'incomplete',
      problem: 'I need the day with its month and year, and the time.',
    };
  }
  const rest = tokens.map((token, index) =>
    index >= day.start && index < day.end ? { word: '', raw: '' } : token,
  );
  const times = findAll(rest, (all, at) => (all[at]!.word === '' ? undefined : spokenTimeAt(all, at)));
  const time = times[0] && wholeTime(times[0].value);
  if (times.length !== 1 || time === undefined) {
    return {
      ok: false,
      code: 'incomplete',
      problem: 'I need the time as well, and whether it is morning or afternoon.',
    };
  }
  const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  if (!parseIsoDay(text)) {
    return { ok: false, code: 'wrong-format', problem: 'That day does not exist in the calendar.' };
  }
  return whole(text, time, unusedWords(tokens, [day, times[0]!], carriers));
}

function whole(day: string, time: string, unused: string[]): ParsedAnswer {
  const display = `${displayDay(parseIsoDay(day)!)}, ${displayTime(time)}`;
  return { ok: true, value: `${day}T${time}`, display, covered: unused.length === 0, unused };
}
