import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4.d.ts';
import type { Definition, Item } from '../types.ts';

/**
 * What of a response breaks R4, or does not fit its questionnaire. Written from the standard and independent of the
 * code that makes responses: element names and types, cardinalities, order and nesting, value[x] by item type.
 */
export function responseFaults(definition: Definition, response: QuestionnaireResponse): string[] {
  const faults: string[] = [];
  if (response.resourceType !== 'QuestionnaireResponse') faults.push('resourceType');
  if (!['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped'].includes(response.status)) {
    faults.push('status');
  }
  if (response.questionnaire !== `${definition.url}|${definition.version}`) faults.push('questionnaire');
  if (Number.isNaN(Date.parse(response.authored ?? ''))) faults.push('authored');
  if (response.item?.length === 0) faults.push('an empty list');
  itemFaults(definition.items, response.item ?? [], 'item', faults);
  return faults;
}

function itemFaults(
  items: readonly Item[],
  given: readonly QuestionnaireResponseItem[],
  path: string,
  faults: string[],
): void {
  let last = -1;
  for (const { linkId, text, answer, item: children, ...rest } of given) {
    const at = `${path}(${linkId})`;
    const index = items.findIndex((one) => one.linkId === linkId);
    const item = items[index];
    if (!item) {
      faults.push(`${at}: not an item of this level`);
      continue;
    }
    const again = index === last && item.type === 'group' && item.repeats;
    if (index <= last && !again) faults.push(`${at}: out of order or twice`);
    last = index;
    if (Object.keys(rest).length > 0) faults.push(`${at}: unknown members`);
    if (text !== undefined && text.trim() === '') faults.push(`${at}: empty text`);
    if (item.type === 'display') faults.push(`${at}: a display has no response`);
    if (answer?.length === 0 || children?.length === 0) faults.push(`${at}: an empty list`);
    if (answer && children) faults.push(`${at}: qrs-1, nested both ways`);
    if (item.type === 'group') {
      if (answer) faults.push(`${at}: a group with an answer`);
      itemFaults(item.items, children ?? [], at, faults);
      continue;
    }
    if (children) faults.push(`${at}: items of a question belong to its answer`);
    if ((answer?.length ?? 0) > 1 && !item.repeats) faults.push(`${at}: several answers`);
    for (const one of answer ?? []) answerFaults(item, one, at, faults);
  }
}

/** What answerOption may hold. */
const optionValues = [
  'valueCoding',
  'valueReference',
  'valueString',
  'valueInteger',
  'valueDate',
  'valueTime',
];
const allowed: Record<string, readonly string[]> = {
  boolean: ['valueBoolean'],
  decimal: ['valueDecimal'],
  integer: ['valueInteger'],
  date: ['valueDate'],
  dateTime: ['valueDateTime'],
  time: ['valueTime'],
  string: ['valueString'],
  text: ['valueString'],
  choice: optionValues,
  'open-choice': optionValues,
  quantity: ['valueQuantity'],
};
const describedValues: Record<NonNullable<Item['described']>, readonly string[]> = {
  attachment: ['valueAttachment'],
  reference: ['valueReference'],
  coding: ['valueCoding'],
  url: ['valueUri'],
};
const patterns: Record<string, RegExp> = {
  valueDate: /^\d{4}(-\d{2}(-\d{2})?)?$/,
  valueDateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  valueTime: /^\d{2}:\d{2}:\d{2}$/,
};

function answerFaults(
  item: Item,
  answer: QuestionnaireResponseItemAnswer,
  at: string,
  faults: string[],
): void {
  const { item: children, ...values } = answer;
  const names = Object.keys(values);
  if (names.length > 1) faults.push(`${at}: more than one value`);
  if (names.length === 0 && !children) faults.push(`${at}: an empty answer`);
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    const plain = name.replace(/^_/, '');
    const names = item.described === undefined ? allowed[item.type]! : describedValues[item.described];
    if (!names.includes(plain)) faults.push(`${at}: ${name} for ${item.type}`);
    if (patterns[name] && !patterns[name].test(String(value))) faults.push(`${at}: ${name} ${String(value)}`);
    if (name === 'valueInteger' && !Number.isInteger(value)) faults.push(`${at}: not an integer`);
    if (name === 'valueString' && String(value).trim() === '') faults.push(`${at}: an empty string`);
    if (name.startsWith('_') && !JSON.stringify(value).includes('data-absent-reason'))
      faults.push(`${at}: ${name}`);
  }
  if (children) {
    if (children.length === 0) faults.push(`${at}: an empty list`);
    itemFaults(item.items, children, at, faults);
  }
}
