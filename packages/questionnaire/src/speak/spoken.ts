import { parseIsoDay, monthNames } from '../parse/calendar.ts';
import { displayLength } from '../parse/lengths.ts';
import { displayQuantity } from '../parse/quantities.ts';
import type { AnswerValue, Item } from '../types.ts';

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const decades = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const irregular: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** 0 to 99 in words: "eighty five". */
export function smallWords(value: number): string {
  if (value < 20) return ones[value]!;
  const unit = value % 10;
  return `${decades[Math.floor(value / 10)]}${unit === 0 ? '' : ` ${ones[unit]}`}`;
}

function ordinalWords(value: number): string {
  const words = smallWords(value).split(' ');
  const last = words.pop()!;
  const ordinal =
    irregular[last] ??
    (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : last.endsWith('t') ? `${last}h` : `${last}th`);
  return [...words, ordinal].join(' ');
}

/** "nineteen eighty five", "two thousand five", "twenty twenty one". */
export function yearWords(year: number): string {
  const [century, rest] = [Math.floor(year / 100), year % 100];
  if (century === 20 && rest < 10) return rest === 0 ? 'two thousand' : `two thousand ${smallWords(rest)}`;
  if (rest === 0) return `${smallWords(century)} hundred`;
  return `${smallWords(century)} ${rest < 10 ? 'oh ' : ''}${smallWords(rest)}`;
}

/** "March third, nineteen eighty five" for `1985-03-03`. */
export function dateWords(iso: string): string {
  const day = parseIsoDay(iso);
  if (day) return `${monthNames[day.month - 1]} ${ordinalWords(day.day)}, ${yearWords(day.year)}`;
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/.exec(iso) ?? [];
  if (year === undefined) return iso;
  return month === undefined
    ? yearWords(Number(year))
    : `${monthNames[Number(month) - 1]} ${yearWords(Number(year))}`;
}

/** "three thirty in the afternoon" for `15:30:00`. */
export function timeWords(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? 'midnight' : 'noon';
  const minutes = minute === 0 ? "o'clock" : minute < 10 ? `oh ${smallWords(minute)}` : smallWords(minute);
  const half = hour < 12 ? 'in the morning' : hour < 18 ? 'in the afternoon' : 'in the evening';
  return `${smallWords(hour % 12 || 12)} ${minutes} ${half}`;
}

/** "five five five, zero one zero, zero one two three": digit by digit, with a rest where people make one. */
export function phoneWords(number: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  const groups = match ? match.slice(1) : [number.replace(/\D/g, '')];
  return groups.map((group) => [...group].map((digit) => ones[Number(digit)]).join(' ')).join(', ');
}

/** "John Smith. J, O, H, N. S, M, I, T, H": said, then letter by letter. */
export function nameWords(name: string): string {
  const spelled = name
    .split(' ')
    .map((word) => [...word.toUpperCase()].filter((letter) => /\p{L}/u.test(letter)).join(', '));
  return `${name}. ${spelled.join('. ')}`;
}

/** A value as it is spoken back for that item. */
export function spoken(item: Pick<Item, 'type' | 'form'>, value: AnswerValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return 'display' in value ? value.display : displayQuantity(value);
  const text = String(value);
  if (item.form === 'phone') return phoneWords(text);
  if (item.form === 'name') return nameWords(text);
  if (item.form === 'email') return text.replace('@', ' at ').replace(/\./g, ' dot ').replace(/\s+/g, ' ');
  if (item.form === 'code') return [...text.replace(/\s/g, '')].join(', ');
  if (item.form === 'duration') return displayLength(text);
  if (item.type === 'date') return dateWords(text);
  if (item.type === 'time') return timeWords(text);
  if (item.type === 'dateTime') {
    const day = dateWords(text.slice(0, 10));
    return text.length > 10 ? `${day}, at ${timeWords(text.slice(11))}` : day;
  }
  return text;
}

/** The whole read-back: what was understood, and the question whether it is right. */
export function readBackPrompt(item: Pick<Item, 'type' | 'form'>, value: AnswerValue): string {
  const words = spoken(item, value);
  if (item.form === 'phone') return `I have the number as ${words}. Is that right?`;
  return `I have ${words}. Is that right?`;
}
