import { parseIsoDay } from '../parse/calendar.ts';
import { displayQuantity } from '../parse/quantities.ts';
import type { AnswerValue, Item } from '../types.ts';
import { displayDay, displayPhone, displayTime } from './displays.ts';

/** Answers as shown in tables: "March 3, 1985; (555) 010-0123". */
export function displayOf(values: readonly AnswerValue[], item: Pick<Item, 'type' | 'form'>): string {
  return values.map((value) => display(value, item)).join('; ');
}

function display(value: AnswerValue, { type, form }: Pick<Item, 'type' | 'form'>): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'object') return 'display' in value ? value.display : displayQuantity(value);
  const text = String(value);
  if (form === 'phone') return displayPhone(text);
  if (type === 'time') return displayTime(text);
  const day = type === 'date' || type === 'dateTime' ? parseIsoDay(text.slice(0, 10)) : undefined;
  if (!day) return text;
  return type === 'date' ? displayDay(day) : `${displayDay(day)}, ${displayTime(text.slice(11))}`;
}
