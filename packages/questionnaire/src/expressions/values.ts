import { displayQuantity } from '../parse/quantities.ts';
import type { AnswerOption, AnswerValue, Item } from '../types.ts';

/** What an expression gave, as answers of that item; undefined when they do not fit its type. */
export function answersFrom(item: Item, values: readonly unknown[]): AnswerValue[] | undefined {
  const answers = values.map((value) => answerFrom(item, value));
  return answers.every((one) => one !== undefined) ? answers : undefined;
}

function answerFrom(item: Item, value: unknown): AnswerValue | undefined {
  switch (item.type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
    case 'decimal':
      return typeof value === 'number' ? tidy(value) : undefined;
    case 'date':
      return textLike(value, /^\d{4}-\d{2}-\d{2}/)?.slice(0, 10);
    case 'dateTime':
      return dateTimeFrom(value);
    case 'time':
      return textLike(value, /^\d{2}:\d{2}(?::\d{2})?/)
        ?.padEnd(8, ':00')
        .slice(0, 8);
    case 'quantity':
      return quantityFrom(item, value);
    case 'choice':
    case 'open-choice':
      return optionFrom(item, value);
    case 'string':
    case 'text':
      return wordsFrom(value);
    case 'group':
    case 'display':
      return undefined;
  }
}

/** A value that is offered as an option: a coding, a text, a number. */
export function optionValueFrom(value: unknown): AnswerValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return codingFrom(value);
}

/** An option made of a value that an expression gave. */
export function optionOf(value: AnswerValue): AnswerOption {
  if (typeof value === 'object' && 'display' in value) {
    return { code: value.code, display: value.display, synonyms: [], value, kind: 'coding' };
  }
  const text = typeof value === 'object' ? displayQuantity(value) : String(value);
  const kind = typeof value === 'number' ? 'integer' : 'string';
  return { code: text, display: text, synonyms: [], value, kind };
}

function optionFrom(item: Item, value: unknown): AnswerValue | undefined {
  const coding = codingFrom(value);
  if (coding) {
    const option = item.options.find((one) => one.kind === 'coding' && one.code === coding.code);
    return option?.value ?? coding;
  }
  const option = item.options.find(
    (one) => one.value === value || (isPlain(value) && one.code === String(value)),
  );
  if (option) return option.value;
  return item.type === 'open-choice' && typeof value === 'string' ? value : undefined;
}

function codingFrom(value: unknown): Extract<AnswerValue, { display: string }> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { coding, system, code, display } = value as Record<string, unknown>;
  // A CodeableConcept counts as its first coding.
  if (Array.isArray(coding)) return codingFrom(coding[0]);
  if (typeof code !== 'string') return undefined;
  const shown = typeof display === 'string' ? display : code;
  return { ...(typeof system === 'string' ? { system } : {}), code, display: shown };
}

/** A Quantity of the data, or one of FHIRPath's own, which come as the text `5 'kg'`. */
function quantityFrom(item: Item, given: unknown): AnswerValue | undefined {
  if (typeof given === 'number') {
    const { value: _zero, ...unit } = item.unit ?? { value: 0 };
    return { value: tidy(given), ...unit };
  }
  const literal = typeof given === 'string' ? /^(-?[\d.]+) '([^']*)'$/.exec(given) : null;
  if (literal) {
    const [, number, code = '1'] = literal;
    return { value: Number(number), unit: code, system: 'http://unitsofmeasure.org', code };
  }
  if (typeof given !== 'object' || given === null) return undefined;
  const { value, unit, system, code } = given as Record<string, unknown>;
  if (typeof value !== 'number') return undefined;
  return {
    value,
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(typeof system === 'string' ? { system } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

function dateTimeFrom(value: unknown): string | undefined {
  const text = textLike(value, /^\d{4}-\d{2}-\d{2}/);
  if (text === undefined) return undefined;
  const time = /T(\d{2}:\d{2}(?::\d{2})?)/.exec(text)?.[1] ?? '00:00';
  return `${text.slice(0, 10)}T${time.padEnd(8, ':00')}`;
}

function wordsFrom(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return codingFrom(value)?.display;
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function textLike(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
