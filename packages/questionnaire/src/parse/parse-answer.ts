import type { Item, ParseContext, ParsedAnswer } from '../types.ts';
import { refused } from './answered.ts';
import { asksBack } from './asks-back.ts';
import { parseBoolean } from './boolean.ts';
import { parseChoice, soundingLikeChoice } from './choice.ts';
import { parseCode } from './code.ts';
import { parseDateTime } from './date-times.ts';
import { parseDate } from './dates.ts';
import { measureOf } from './measured-numbers.ts';
import { namePartOf } from './name-order.ts';
import { parseName } from './names.ts';
import { parseAddress } from './addresses.ts';
import { parseDuration } from './durations.ts';
import { noAnswerIn } from './no-answer.ts';
import { parsePartialDate } from './partial-dates.ts';
import { asksTemperature } from './degrees.ts';
import { parsePhone } from './phone.ts';
import { type NumberOptions, parseDecimal, parseInteger } from './plain-numbers.ts';
import { parseQuantity } from './quantities.ts';
import { dayOptionsOf } from './spoken-day.ts';
import { parseEmail } from './email.ts';
import { parseText } from './text.ts';
import { parseTime } from './times.ts';

/**
 * What the caller's words (or an already normalised value) say in answer to that item, by its type. Nothing is
 * guessed: what is missing, doubtful or contradictory is refused with a problem that can be said.
 */
export function parseAnswer(item: Item, words: string, context: ParseContext): ParsedAnswer {
  const parsed = parseValue(item, words, context);
  const intent = parsed.ok || parsed.code === 'not-asked-of-callers' ? undefined : noAnswerIn(words);
  return parsed.ok || intent === undefined ? parsed : { ...parsed, intent };
}

function parseValue(item: Item, words: string, context: ParseContext): ParsedAnswer {
  const isFree = item.type === 'text' || (item.type === 'string' && item.form === 'free');
  if (!isFree && asksBack(words)) return refused('not-understood', 'That sounds like a question.');
  switch (item.type) {
    case 'boolean':
      return parseBoolean(words, item.text);
    case 'integer':
      return parseInteger(words, numberOptions(item));
    case 'decimal':
      return parseDecimal(words, numberOptions(item));
    case 'date':
      return item.form === 'partial-date'
        ? parsePartialDate(words, dayOptionsOf(item, context))
        : parseDate(words, dayOptionsOf(item, context));
    case 'dateTime':
      return parseDateTime(words, dayOptionsOf(item, context));
    case 'time':
      return parseTime(words, { earliest: item.rules.minimum, latest: item.rules.maximum });
    case 'quantity':
      return parseQuantity(words, { unit: item.unit, question: `${item.text} ${item.prompt}` });
    case 'choice':
      return chosen(item, words);
    case 'open-choice': {
      const chosen = parseChoice(words, item.options);
      return chosen.ok && chosen.covered ? chosen : parseText(words);
    }
    case 'string':
    case 'text':
      return parseWords(item, words, context);
    case 'group':
    case 'display':
      return { ok: false, code: 'not-asked-of-callers', problem: 'This is not a question.' };
  }
}

function chosen({ options }: Item, words: string): ParsedAnswer {
  const parsed = parseChoice(words, options);
  const isNone = !parsed.ok && parsed.code === 'not-an-option';
  return (isNone ? soundingLikeChoice(words, options) : undefined) ?? parsed;
}

/** What the question tells of the numbers that answer it. */
function numberOptions(item: Item): NumberOptions {
  const { minimum, maximum } = item.rules;
  return {
    temperature: asksTemperature(`${item.text} ${item.prompt}`),
    measure: measureOf(`${item.text} ${item.prompt}`),
    ...(typeof maximum === 'number' && minimum !== undefined ? { scale: maximum } : {}),
  };
}

function parseWords(item: Item, words: string, context: ParseContext): ParsedAnswer {
  switch (item.form) {
    case 'name':
      return parseName(words, namePartOf(`${item.text} ${item.prompt}`));
    case 'phone':
      return parsePhone(words);
    case 'email':
      return parseEmail(words);
    case 'code':
      return parseCode(words, item.rules.pattern);
    case 'duration':
      return parseDuration(words, context);
    case 'address':
      return parseAddress(words);
    case 'free':
    case 'partial-date':
      return parseText(words);
  }
}
