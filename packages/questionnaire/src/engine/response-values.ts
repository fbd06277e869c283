import type { Extension, QuestionnaireResponseItemAnswer, Reference } from 'fhir/r4.d.ts';
import { standard, voice } from '../definition/extensions.ts';
import type { AnswerValue, CodedValue, Item } from '../types.ts';
import { sameValue } from './compare.ts';

/** An answer with its value[x]. */
export function answerOf(item: Item, value: AnswerValue): QuestionnaireResponseItemAnswer {
  if (item.described !== undefined && typeof value === 'string') return described(item.described, value);
  const name = valueName(item, value);
  return { [name]: name === 'valueReference' ? referenceOf(value as CodedValue) : fhirValue(value) };
}

/** Some have no address, only a name. */
function referenceOf({ code, display }: CodedValue): Reference {
  return code === display ? { display } : { reference: code, display };
}

/**
 * No value, with HL7's data-absent-reason on the value that is missing. `because`: why it was not asked, as the voice
 * profile has it.
 */
export function absent(item: Item, reason: string, because?: string): QuestionnaireResponseItemAnswer {
  const extension = [
    { url: standard.dataAbsentReason, valueCode: reason },
    ...(because === undefined ? [] : [{ url: voice.notAsked, valueCode: because }]),
  ];
  const name = item.described === undefined ? valueName(item, undefined) : describedNames[item.described];
  const isComplex = /^value(?:Coding|Quantity|Attachment|Reference)$/.test(name);
  return { [isComplex ? name : `_${name}`]: { extension } };
}

const describedNames = {
  attachment: 'valueAttachment',
  reference: 'valueReference',
  coding: 'valueCoding',
  url: 'valueUri',
} as const;

/** What was told in words stands where people look for it, and says that the thing itself was not given. */
function described(as: NonNullable<Item['described']>, words: string): QuestionnaireResponseItemAnswer {
  const extension: Extension[] = [
    { url: standard.dataAbsentReason, valueCode: 'unsupported' },
    { url: voice.description, valueString: words },
  ];
  switch (as) {
    case 'attachment':
      return { valueAttachment: { extension, title: words } };
    case 'reference':
      return { valueReference: { extension, display: words } };
    case 'coding':
      return { valueCoding: { display: words } };
    case 'url':
      return {
        valueUri: words
          .replace(/\s+(?:dot|punto)\s+/gi, '.')
          .replace(/\s+slash\s+/gi, '/')
          .replace(/\s+/g, ''),
      };
  }
}

function valueName(item: Item, value: AnswerValue | undefined): string {
  switch (item.type) {
    case 'boolean':
      return 'valueBoolean';
    case 'integer':
      return 'valueInteger';
    case 'decimal':
      return 'valueDecimal';
    case 'date':
      return 'valueDate';
    case 'dateTime':
      return 'valueDateTime';
    case 'time':
      return 'valueTime';
    case 'quantity':
      return 'valueQuantity';
    case 'choice':
    case 'open-choice':
      return optionValueName(item, value);
    default:
      return 'valueString';
  }
}

function optionValueName(item: Item, value: AnswerValue | undefined): string {
  const kinds = {
    coding: 'valueCoding',
    string: 'valueString',
    integer: 'valueInteger',
    date: 'valueDate',
    time: 'valueTime',
    reference: 'valueReference',
  };
  if (value === undefined) return kinds[item.options[0]?.kind ?? 'coding'];
  const option = item.options.find((one) => sameValue(one.value, value));
  if (typeof value === 'object') return option ? kinds[option.kind] : 'valueCoding';
  return option ? kinds[option.kind] : 'valueString';
}

/** R4's dateTime carries a zone once it has a time; the caller's clinic is meant, whose zone is not known here. */
function fhirValue(value: AnswerValue): unknown {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(value)) return `${value}Z`;
  return value;
}
