import { shapes, shareOut, type Answer } from './answers.ts';
import { questionIn, type Dialogue } from './dialogue.ts';
import { valueOfField, type Field } from './fields.ts';
import { intentOf } from './intent.ts';
import { itemAskedBy, kindOf, type Item } from './items.ts';
import { isScrap } from './scraps.ts';
import { sentencesOf } from './text.ts';
import { isReadBack, verdictIn } from './verdict.ts';

/** What a caller said for fields: in answers to questions, unasked, and in what tools were given. */
export function collected({ exchanges, used }: Dialogue, fields: readonly Field[]): Map<string, string> {
  const items = fields.map(({ item }) => item);
  const known = new Map<string, string>();
  for (const { asked, words } of exchanges) {
    if (isReadBack(asked)) continue;
    for (const { item, words: said } of fieldAnswers(words, fieldAsked(asked, items), fields)) {
      known.delete(item);
      known.set(item, said);
    }
  }
  for (const { tool, input } of used) {
    for (const { item, tool: owner, property } of fields) {
      const value = input[property.name];
      if (owner.name !== tool || !isScalar(value) || known.has(item.id)) continue;
      known.set(item.id, String(value));
    }
  }
  return known;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The field that the agent asked for last, with a question or a "please". */
export function fieldAsked(said: string, items: readonly Item[]): Item | undefined {
  const question = questionIn(said) || sentencesOf(said).findLast((sentence) => pleads.test(sentence)) || '';
  if (question === '') return undefined;
  const asked = itemAskedBy(question, items);
  if (asked) return asked;
  const kind = kindOf(question);
  const alike = kind === 'text' || kind === 'boolean' ? [] : items.filter((item) => item.kind === kind);
  return alike.length === 1 ? alike[0] : undefined;
}

const pleads = /\b(?:please|tell me|give me|(?:need|want|like) (?:to know|your|the)|let me have)\b/i;

/** The answers in a caller's words that fields can take. */
export function fieldAnswers(words: string, pending: Item | undefined, fields: readonly Field[]): Answer[] {
  const answer = sentencesOf(words)
    .filter((sentence) => intentOf(sentence) === undefined)
    .join(' ');
  if (answer === '') return [];
  const items = fields.map(({ item }) => item);
  const shares = shareOut(answer, pending, items, undefined).filter(({ item, words: said }) => {
    const field = fields.find((one) => one.item.id === item);
    return field !== undefined && fits(field, said);
  });
  if (shares.length > 0 || pending) return shares;
  // Nothing was asked: a telephone number is one all the same.
  const shaped = fields.find(({ item }) => item.kind !== 'email' && shapes[item.kind]?.test(answer));
  return shaped && isBare(answer, shaped) ? [{ item: shaped.item.id, words: answer }] : [];
}

/** A bare yes answers no question for a name or a number. */
function fits(field: Field, words: string): boolean {
  if (valueOfField(field, words) === undefined || isScrap(words, field.item)) return false;
  const verdict = verdictIn(words);
  return verdict?.rest !== '' || ['boolean', 'text'].includes(field.item.kind);
}

/** True when little else was said than what has the shape: "where is order five five five one two" is no telephone number. */
function isBare(words: string, { item }: Field): boolean {
  const found = shapes[item.kind]?.exec(words)?.[0] ?? '';
  return words.replace(found, '').trim().split(/\s+/).length <= 3;
}
