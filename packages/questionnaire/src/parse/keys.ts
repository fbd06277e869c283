import type { Item, KeyChoice, ParseContext, ParsedAnswer } from '../types.ts';
import { digitsAt } from './digits.ts';
import { parseAnswer } from './parse-answer.ts';
import { isCorrecting } from './taken-back.ts';
import { tokenize, wordSet } from './tokens.ts';

/** At a yes or no: 1 for yes, 2 for no, as telephone menus have it. */
export function keyedYesNo(keys: string): boolean | undefined {
  return keys === '1' ? true : keys === '2' ? false : undefined;
}

/**
 * What keys pressed on the telephone say in answer to an item, as a value that the engine parses: 1 and 2 for yes and no, the
 * key of an option (its own, its score, or its place), a time on the 24-hour clock, else the digits as they are (a telephone
 * number; a date as MMDDYYYY). A `#` only ends the entry.
 */
export function keyedAnswer(item: Item, pressed: string): string {
  const keys = pressed.replace(/\s/g, '').replace(/#$/, '');
  if (item.type === 'boolean') {
    const yes = keyedYesNo(keys);
    return yes === undefined ? keys : yes ? 'yes' : 'no';
  }
  if (isListed(item)) return keysOf(item).find(({ key }) => key === keys)?.code ?? '';
  const time = item.type === 'time' ? /^([01]\d|2[0-3])([0-5]\d)$/.exec(keys) : null;
  if (time) return `${time[1]}:${time[2]}:00`;
  return keys;
}

/**
 * The keys that answer an item, one press or a few each: 1 and 2 for yes and no; of options their own, where any has one,
 * else their scores, else their places.
 */
export function keysOf(item: Item): KeyChoice[] {
  if (item.type === 'boolean')
    return [
      { key: '1', code: 'yes', say: 'yes' },
      { key: '2', code: 'no', say: 'no' },
    ];
  if (!isListed(item)) return [];
  const { options } = item;
  const hasOwn = options.some(({ key }) => key !== undefined);
  const scores = new Set(options.map(({ ordinal }) => ordinal));
  const isScored =
    scores.size === options.length && [...scores].every((score) => /^\d+$/.test(String(score)));
  return options.flatMap(({ code, display, key, ordinal }, index) => {
    const pressed = hasOwn ? key : String(isScored ? ordinal : index + 1);
    return pressed === undefined ? [] : [{ key: pressed, code, say: display }];
  });
}

const isListed = ({ type }: Item) => type === 'choice' || type === 'open-choice';

/** How many keys answer an item, where that is certain: the last one need not be waited for. */
export function keysExpected(item: Item): number | undefined {
  switch (item.type) {
    case 'boolean':
      return 1;
    case 'choice':
    case 'open-choice':
      return item.options.length > 0 && keysOf(item).every(({ key }) => key.length === 1) ? 1 : undefined;
    case 'date':
      return 8;
    case 'time':
      return 4;
    case 'string':
      return item.form === 'phone' ? 10 : undefined;
    default:
      return undefined;
  }
}

const carriers = wordSet(
  "i i'm press pressed pressing hit hitting punched punch push pushed key button the it's is number for none there then pound hash sign star please okay ok yes um and enter entered typing type",
);

/** Keys said aloud instead of pressed: "one", "I pressed two", "seven, then pound", "nine for none". */
export function keysIn(words: string): string | undefined {
  const plain = words.replace(/\s/g, '');
  if (/^[\d*]+#?$/.test(plain)) return plain;
  const tokens = tokenize(words);
  const turn = tokens.findLastIndex((_, at) => isCorrecting(tokens, at));
  const said = tokens.slice(turn + 1);
  const rows: string[] = [];
  for (let at = 0; at < said.length;) {
    const digits = digitsAt(said, at);
    if (!digits && !carriers.has(said[at]!.word)) return undefined;
    const joins = at > 0 && digits !== undefined && digitsAt(said, at - 1) !== undefined;
    if (digits) rows.push(`${joins ? (rows.pop() ?? '') : ''}${digits.value[0]!}`);
    at = digits?.end ?? at + 1;
  }
  return new Set(rows).size === 1 ? rows[0] : undefined;
}

/** An answer by keys, pressed or said; words that are no keys are parsed as an answer. */
export function parseKeyed(item: Item, words: string, context: ParseContext): ParsedAnswer {
  const keys = keysIn(words);
  if (keys === undefined) return parseAnswer(item, words, context);
  return parseAnswer(item, keyedAnswer(item, keys), context);
}
