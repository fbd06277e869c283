import { digitOf, smallNumber } from './numbers.ts';
import type { Match, Token } from './tokens.ts';

/** A time as said: `half` is undefined when neither morning nor afternoon was said and the hour leaves it open. */
export interface SpokenTime {
  hour: number;
  minute: number;
  half?: 'am' | 'pm';
  /** Said on a 24-hour clock: the hour stands as it is. */
  exact?: boolean;
}

/** "3:30 pm", "three thirty", "half past three", "quarter to five", "noon", "eighteen hundred", "three o'clock in the afternoon". */
export function spokenTimeAt(tokens: readonly Token[], at: number): Match<SpokenTime> | undefined {
  const word = tokens[at]?.word ?? '';
  const clock = byFraction(tokens, at) ?? hundreds(tokens, at) ?? byClock(tokens, at) ?? byName(word, at);
  if (!clock) return undefined;
  if (clock.value.half !== undefined || clock.value.exact) return clock;
  const o = tokens[clock.end]?.word === 'o' && tokens[clock.end + 1]?.word === 'clock' ? 2 : 0;
  const end = tokens[clock.end]?.word === "o'clock" ? clock.end + 1 : clock.end + o;
  const half = halfOfDay(tokens, end, clock.value.hour);
  return half ? { value: { ...clock.value, half: half.value }, start: at, end: half.end } : { ...clock, end };
}

function byName(word: string, start: number): Match<SpokenTime> | undefined {
  if (/^(?:noon|midday|noontime)$/.test(word))
    return { value: { hour: 12, minute: 0, half: 'pm' }, start, end: start + 1 };
  return word === 'midnight'
    ? { value: { hour: 12, minute: 0, half: 'am' }, start, end: start + 1 }
    : undefined;
}

/** "Eighteen hundred (hours)", "oh six hundred", "oh six thirty": a 24-hour clock. */
function hundreds(tokens: readonly Token[], at: number): Match<SpokenTime> | undefined {
  const leading = digitOf(tokens[at]?.word) === 0;
  const unit = leading ? digitOf(tokens[at + 1]?.word) : undefined;
  const hour = unit === undefined ? smallNumber(tokens, at) : { value: unit, end: at + 2 };
  if (!hour || hour.value > 23) return undefined;
  const hours = (end: number) => (tokens[end]?.word === 'hours' ? end + 1 : end);
  const exact = (minute: number, end: number) => ({
    value: { hour: hour.value, minute, exact: true },
    start: at,
    end: hours(end),
  });
  if (tokens[hour.end]?.word === 'hundred') return exact(0, hour.end + 1);
  const minute = minuteAt(tokens, hour.end);
  if (!minute) return undefined;
  return hour.value > 12 || leading ? exact(minute.value, minute.end) : undefined;
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

const named: Readonly<Record<string, number>> = { half: 30, quarter: 15 };

/** "half past three", "quarter to five", "ten past six", "twenty minutes after noon", "a quarter of nine". */
function byFraction(tokens: readonly Token[], at: number): Match<SpokenTime> | undefined {
  const start = tokens[at]!.word === 'a' ? at + 1 : at;
  const fraction = named[tokens[start]?.word ?? ''];
  const minutes = fraction === undefined ? smallNumber(tokens, start) : { value: fraction, end: start + 1 };
  if (!minutes || minutes.value > 30) return undefined;
  const past = tokens[minutes.end]?.word === 'minutes' ? minutes.end + 1 : minutes.end;
  const direction = tokens[past]?.word ?? '';
  // "Half four" is half past four.
  const bare = fraction === 30 ? hourAt(tokens, minutes.end) : undefined;
  if (bare) return { value: { hour: bare.value, minute: 30 }, start: at, end: bare.end };
  if (!/^(past|after|to|till|til|before|of|until)$/.test(direction)) return undefined;
  const name = byName(tokens[past + 1]?.word ?? '', past + 1);
  const hour = name ? { value: 12, end: name.end } : hourAt(tokens, past + 1);
  // "Ten of nine"; "two of nine" are two.
  const loose = direction === 'of' && fraction === undefined && past === minutes.end;
  if (!hour || (loose && minutes.value % 5 > 0)) return undefined;
  const forward = /^(past|after)$/.test(direction);
  const value = forward
    ? { hour: hour.value, minute: minutes.value }
    : { hour: hour.value === 1 ? 12 : hour.value - 1, minute: 60 - minutes.value };
  const half = name && (forward ? name.value.half : name.value.half === 'pm' ? 'am' : 'pm');
  return { value: { ...value, ...(half ? { half } : {}) }, start: at, end: hour.end };
}

/** "am", "p m", "in the afternoon", "this morning", "tonight", "at night". */
function halfOfDay(tokens: readonly Token[], at: number, hour: number): Match<'am' | 'pm'> | undefined {
  const word = tokens[at]?.word ?? '';
  const found = (value: 'am' | 'pm', length: number) => ({ value, start: at, end: at + length });
  if (word === 'am' || word === 'pm') return found(word, 1);
  if (word === 'a' || word === 'p') return tokens[at + 1]?.word === 'm' ? found(`${word}m`, 2) : undefined;
  const phrase = tokens
    .slice(at, at + 3)
    .map((token) => token.word)
    .join(' ');
  if (/^in the (?:am|pm)\b/.test(phrase)) return found(phrase.slice(7) as 'am' | 'pm', 3);
  if (/^(?:in the|this|tomorrow|yesterday) morning/.test(phrase))
    return found('am', phrase.startsWith('in') ? 3 : 2);
  if (/^in the (afternoon|evening)/.test(phrase)) return found('pm', 3);
  if (/^this (afternoon|evening)/.test(phrase)) return found('pm', 2);
  // "Twelve thirty at night" is after midnight.
  const atNight = hour === 12 || hour < 5 ? 'am' : 'pm';
  if (/^at night/.test(phrase)) return found(atNight, 2);
  if (/^in the night/.test(phrase)) return found(atNight, 3);
  return word === 'tonight' && hour >= 5 && hour < 12 ? found('pm', 1) : undefined;
}
