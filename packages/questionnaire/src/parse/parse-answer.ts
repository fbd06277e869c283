import type { Item, ParseContext, ParsedAnswer } from '../types.ts';
import { parseBoolean } from './boolean.ts';
import { parseChoice } from './choice.ts';
import { parseCode } from './code.ts';
import { parseDateTime } from './date-times.ts';
import { parseDate } from './dates.ts';
import { parseName } from './names.ts';
import { parsePhone } from './phone.ts';
import { parseDecimal, parseInteger } from './plain-numbers.ts';
import { parseQuantity } from './quantities.ts';
import { dayOptionsOf } from './spoken-day.ts';
import { parseEmail, parseText } from './text.ts';
import { parseTime } from './times.ts';

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
      return parseDate(words, dayOptionsOf(item, context));
    case 'dateTime':
      return parseDateTime(words, dayOptionsOf(item, context));
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
