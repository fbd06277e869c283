import type { ParsedAnswer } from '../types.ts';
import { displayTime } from '../speak/displays.ts';
import { digitOf, smallNumber } from './numbers.ts';
import {
  correctionWords,
  findAll,
  type Match,
  settle,
  type Token,
  tokenize,
  unusedWords,
  wordSet,
} from './tokens.ts';

/** A time as said: `half` is undefined when neither morning nor afternoon was said and the hour leaves it open. */
export interface SpokenTime {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
}

const carriers = wordSet('at around about by time sharp exactly clock');

export function parseTime(words: string): ParsedAnswer {
  const tokens = tokenize(words);
  const matches = findAll(tokens, spokenTimeAt);
  const settled = settle(tokens, matches);
  if (!settled) {
    return matches.length > 1
      ? { ok: false, code: 'ambiguous', problem: 'I heard more than one time.' }
      : { ok: false, code: 'not-understood', problem: 'I could not make out a time.' };
  }
  const value = wholeTime(settled.value);
  if (value === undefined) {
    return { ok: false, code: 'ambiguous', problem: 'Is that in the morning or in the afternoon?' };
  }
  const unused = unusedWords(
    tokens,
    matches,
    settled.corrected ? new Set([...carriers, ...correctionWords]) : carriers,
  );
  return { ok: true, value, display: displayTime(value), covered: unused.length === 0, unused };
}

/** `hh:mm:ss`; undefined when it could be morning or afternoon. */
export function wholeTime({ hour, minute, half }: SpokenTime): string | undefined {
  if (half === undefined && hour >= 1 && hour <= 12) return undefined;
  const whole = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return `${String(whole).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
}

/** "3:30 pm", "three thirty", "half past three", "quarter to five", "noon", "three o'clock in the afternoon". */
export function spokenTimeAt(tokens: readonly Token[], at: number): Match<SpokenTime> | undefined {
  const word = tokens[at]?.word ?? '';
  if (word === 'noon' || word === 'midday')
    return { value: { hour: 12, minute: 0, half: 'pm' }, start: at, end: at + 1 };
  if (word === 'midnight') return { value: { hour: 12, minute: 0, half: 'am' }, start: at, end: at + 1 };
  const clock = byFraction(tokens, at) ?? byClock(tokens, at);
  if (!clock) return undefined;
  const end = tokens[clock.end]?.word === "o'clock" ? clock.end + 1 : clock.end;
  const half = halfOfDay(tokens, end);
  return half ? { value: { ...clock.value, half: half.value }, start: at, end: half.end } : { ...clock, end };
}

function byClock(tokens: readonly Token[], at: number): Match<SpokenTime> | undefined {
  const word = tokens[at]!.word;
  const written = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(word);
  if (written) {
    const [hour, minute] = [Number(written[1]), Number(written[2])];
    if (hour > 23 || minute > 59) return undefined;
    // "08:30" with a leading zero is written on a 24-hour clock.
    return {
      value: { hour, minute, ...(/^0\d/.test(word) && hour > 0 ? { half: 'am' as const } : {}) },
      start: at,
      end: at + 1,
    };
  }
  const hour = hourAt(tokens, at);
  if (!hour) return undefined;
  const minute = minuteAt(tokens, hour.end);
  return { value: { hour: hour.value, minute: minute?.value ?? 0 }, start: at, end: minute?.end ?? hour.end };
}

function hourAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  const word = tokens[at]?.word ?? '';
  if (/^\d{1,2}$/.test(word))
    return Number(word) >= 1 && Number(word) <= 12
      ? { value: Number(word), start: at, end: at + 1 }
      : undefined;
  const spoken = smallNumber(tokens, at);
  return spoken && spoken.value <= 12 ? spoken : undefined;
}

function minuteAt(tokens: readonly Token[], at: number): Match<number> | undefined {
  if (digitOf(tokens[at]?.word) === 0) {
    const unit = digitOf(tokens[at + 1]?.word);
    return unit === undefined ? undefined : { value: unit, start: at, end: at + 2 };
  }
  const spoken = smallNumber(tokens, at);
  return spoken && spoken.value >= 10 && spoken.value <= 59 ? spoken : undefined;
}

/** "half past three", "quarter to five", "ten past six". */
function byFraction(tokens: readonly Token[], at: number): Match<SpokenTime> | undefined {
  const start = tokens[at]!.word === 'a' ? at + 1 : at;
  const word = tokens[start]?.word ?? '';
  const named = word === 'half' ? 30 : word === 'quarter' ? 15 : undefined;
  const minutes = named === undefined ? smallNumber(tokens, start) : { value: named, end: start + 1 };
  const direction = tokens[minutes?.end ?? -1]?.word ?? '';
  if (!minutes || !/^(past|after|to|till|before|of)$/.test(direction) || minutes.value > 30) return undefined;
  const hour = hourAt(tokens, minutes.end + 1);
  if (!hour || (direction === 'of' && named === undefined)) return undefined;
  const before = !/^(past|after)$/.test(direction);
  const value = before
    ? { hour: hour.value === 1 ? 12 : hour.value - 1, minute: 60 - minutes.value }
    : { hour: hour.value, minute: minutes.value };
  return { value, start: at, end: hour.end };
}

function halfOfDay(tokens: readonly Token[], at: number): Match<'am' | 'pm'> | undefined {
  const word = tokens[at]?.word ?? '';
  if (word === 'am' || word === 'pm') return { value: word, start: at, end: at + 1 };
  if (word === 'a' || word === 'p') {
    if (tokens[at + 1]?.word === 'm') return { value: `${word}m`, start: at, end: at + 2 };
    return undefined;
  }
  const phrase = tokens
    .slice(at, at + 3)
    .map((token) => token.word)
    .join(' ');
  if (/^in the (morning)/.test(phrase)) return { value: 'am', start: at, end: at + 3 };
  if (/^in the (afternoon|evening)/.test(phrase)) return { value: 'pm', start: at, end: at + 3 };
  return /^at night/.test(phrase) ? { value: 'pm', start: at, end: at + 2 } : undefined;
}
