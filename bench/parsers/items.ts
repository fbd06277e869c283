import { itemOf } from '../../packages/questionnaire/src/testing/items.ts';
import type { AnswerOption, Item, ItemType } from '@vestibule/questionnaire';

/** The item that a label's first column describes, as a questionnaire would have it. */
export function itemFor(type: string, known: string): Item {
  const parts = known.split(';');
  switch (type) {
    case 'boolean':
      return item('boolean', { text: known, prompt: known });
    case 'scale':
      return scale(known);
    case 'decimal':
      return item('decimal', known === '-' ? {} : { text: `What is the ${known}?` });
    case 'date':
      return item('date', { rules: directions[parts[1] as keyof typeof directions] });
    case 'partial-date':
      return item('date', { form: 'partial-date', rules: { maximum: today } });
    case 'date-time':
      return item('dateTime');
    case 'time':
      return item('time', { rules: hours(known) });
    case 'name':
      return item('string', { form: 'name', text: `What is the ${known} name?` });
    case 'code':
      return item('string', { form: 'code', rules: known === '-' ? {} : { pattern: known } });
    case 'choice':
      return item('choice', { options: parts.map(option) });
    case 'quantity':
      return quantity(parts);
    case 'keypad':
      return keyed(parts);
    case 'phone':
    case 'email':
    case 'address':
    case 'duration':
      return item('string', { form: type });
    default:
      return item('integer');
  }
}

const today = { todayPlus: 0, unit: 'day' } as const;
/** A birth date has 120 years to lie in; "when did it happen" ten. */
const directions = {
  birth: { minimum: { todayPlus: -120, unit: 'year' }, maximum: today },
  past: { minimum: { todayPlus: -10, unit: 'year' }, maximum: today },
  future: { minimum: today },
} as const;

const item = (type: ItemType, more: Partial<Item> = {}): Item => itemOf(type, { prompt: '', ...more });

function option(written: string): AnswerOption {
  const [code = '', display = ''] = written.split('=');
  return { code, display, synonyms: [], value: { code, display }, kind: 'coding' };
}

const frequencies = ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'];

function scale(known: string): Item {
  if (known !== '0-3') return item('integer', { rules: { minimum: 0, maximum: 10 } });
  const options = frequencies.map((display, ordinal) => ({ ...option(`${ordinal}=${display}`), ordinal }));
  return item('choice', { options });
}

function hours(known: string): Item['rules'] {
  const [opening, closing] = known.split('-');
  return opening ? { minimum: `${opening}:00`, maximum: `${closing}:00` } : {};
}

function quantity([asked = '', unit]: readonly string[]): Item {
  const text = `What is the ${asked}?`;
  return item('quantity', { text, prompt: text, ...(unit ? { unit: { value: 0, unit, code: unit } } : {}) });
}

function keyed([form = '', ...map]: readonly string[]): Item {
  // The first set writes "scale 0-3", the second "scale;0-3".
  const [type = '', bounds = map[0] ?? ''] = form.split(' ');
  switch (type) {
    case 'boolean':
    case 'integer':
    case 'date':
    case 'time':
      return item(type);
    case 'choice':
      return item('choice', {
        options: map.map((entry) => ({ ...option(entry), key: entry.split('=')[0]! })),
      });
    case 'scale':
      return scale(bounds);
    case 'phone':
      return item('string', { form: 'phone' });
    case 'zip':
      return item('string', { form: 'code', rules: { pattern: '[0-9]{5}' } });
    default:
      return item('string', { form: 'code', rules: { pattern: '[0-9]+' } });
  }
}
