import { parseIsoDay, plus, weekday } from './calendar.ts';
import { cardinal } from './numbers.ts';
import type { SpokenDay } from './spoken-day.ts';
import type { Match, Token } from './tokens.ts';

/** From Sunday, as they are counted in dates. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

export function found(iso: string, start: number, end: number): Match<SpokenDay> {
  return { value: { ...parseIsoDay(iso)! }, start, end };
}

/** "last Monday", "next Friday", "this Friday", "Friday after next", "Friday". */
export function nearWeekday(
  tokens: readonly Token[],
  at: number,
  today: string,
): Match<SpokenDay> | undefined {
  const skips =
    /^(?:this|the)$/.test(tokens[at]?.word ?? '') &&
    /^(?:coming|past|last|next)$/.test(tokens[at + 1]?.word ?? '')
      ? 1
      : 0;
  const word = tokens[at + skips]?.word ?? '';
  const which = /^(?:last|next|this|coming|past)$/.test(word) ? word : undefined;
  const name = which === undefined ? at : at + skips + 1;
  const index = weekdays.indexOf((tokens[name]?.word ?? '').replace(/s$/, ''));
  if (index < 0) return undefined;
  const end = name + 1;
  const plural = tokens[name]!.word.endsWith('s') && which === undefined;
  if (plural && (tokens[at - 1] === undefined || cardinal(tokens, at - 1)))
    return { value: { unclear: `Which ${capitalised(index)} is that?` }, start: at, end };
  const [before, after] = [weekdayBefore(today, index), weekdayAfter(today, index)];
  switch (which) {
    case 'last':
      return lastWeekday(before, index, today, { start: at, end });
    case 'past':
      return found(before, at, end);
    case 'coming':
      return found(after, at, end);
    case 'this':
      return found(index === weekday(today) ? today : after, at, end);
    case 'next':
      return nextWeekday(after, index, today, { start: at, end });
    case undefined:
      break;
  }
  return byTail(tokens, { start: at, end }, index, today) ?? { value: { weekday: index }, start: at, end };
}

/** "Friday after next", "Monday week", "Tuesday, the last one", "the Friday after": told by what follows. */
function byTail(
  tokens: readonly Token[],
  { start: at, end }: { start: number; end: number },
  index: number,
  today: string,
): Match<SpokenDay> | undefined {
  const [before, after] = [weekdayBefore(today, index), weekdayAfter(today, index)];
  const tail = tokens
    .slice(end, end + 2)
    .map((token) => token.word)
    .join(' ');
  if (tail === 'after next') return found(plus(after, 7, 'day'), at, end + 2);
  if (tail === 'before last') return found(plus(before, -7, 'day'), at, end + 2);
  if (/^week(?! (?:of|after|from|ago)\b)\b/.test(tail)) return found(plus(after, 7, 'day'), at, end + 1);
  const rest = tokens.slice(end, end + 12).map(({ word }) => word);
  if (/\b(?:this past one|(?:one )?just (?:past|gone)|last one|this last one)\b/.test(rest.join(' ')))
    return found(before, at, end);
  // "The Friday after (that)", when another day was named before.
  const led = tokens[at - 1]?.word === 'the' && /^after(?! (?:my|the|a|we|i|noon)\b)/.test(tail);
  return led
    ? { value: { weekday: index, after: true }, start: at, end: end + (/that$/.test(tail) ? 2 : 1) }
    : undefined;
}

/** On a Monday, "last Sunday" is yesterday to some and eight days ago to others. */
function lastWeekday(
  before: string,
  index: number,
  today: string,
  { start, end }: { start: number; end: number },
): Match<SpokenDay> {
  if (before !== plus(today, -1, 'day')) return found(before, start, end);
  const name = capitalised(index);
  return { value: { unclear: `Is that yesterday, or ${name} a week ago?` }, start, end };
}

/** On a Monday, "next Friday" is this week's to some and next week's to others. */
function nextWeekday(
  after: string,
  index: number,
  today: string,
  { start, end }: { start: number; end: number },
): Match<SpokenDay> {
  const stillThisWeek = (index + 6) % 7 > (weekday(today) + 6) % 7;
  if (!stillThisWeek) return found(after, start, end);
  const name = capitalised(index);
  return { value: { unclear: `Is that this ${name}, or ${name} next week?` }, start, end };
}

export function weekdayBefore(today: string, index: number): string {
  return plus(today, -((weekday(today) - index + 7) % 7 || 7), 'day');
}

export function weekdayAfter(today: string, index: number): string {
  return plus(today, (index - weekday(today) + 7) % 7 || 7, 'day');
}

export function capitalised(index: number): string {
  const name = weekdays[index]!;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
