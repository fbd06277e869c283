import { compare, sameValue } from '../engine/compare.ts';
import { isDay } from '../parse/calendar.ts';
import type { AnswerValue, Item } from '../types.ts';
import { fitsType } from './fits-type.ts';
import type { Findings } from './from-fhir.ts';

/** Values that the questionnaire itself gives: initial ones, bounds and those compared with are of the item's type, and leave an answer. */
export function checkValues(item: Item, path: string, findings: Findings): void {
  if (item.type === 'group' || item.type === 'display') return;
  const { faults, warnings } = findings;
  item.initial.forEach((value, index) => {
    if (!fitsType(item, value) || isNoDay(item, value))
      faults.push({ path: `${path}.initial[${index}]`, message: `is no value of the type ${item.type}` });
    else if (item.type === 'choice' && item.options.length > 0 && !isOffered(item, value))
      faults.push({ path: `${path}.initial[${index}]`, message: 'is not one of the options' });
  });
  const { minimum, maximum } = item.rules;
  for (const [name, bound] of Object.entries({ minimum, maximum })) {
    if (bound === undefined || (typeof bound === 'object' && 'todayPlus' in bound)) continue;
    if (!fitsType(item, bound))
      faults.push({ path, message: `its ${name} is no value of the type ${item.type}` });
  }
  if (isPlain(minimum) && isPlain(maximum) && (compare(minimum, maximum) ?? 0) > 0) {
    const finding = { path, message: 'no value will do: the minimum is above the maximum' };
    (item.required ? faults : warnings).push(finding);
  }
  const { minOccurs = 0, maxOccurs = Infinity } = item;
  if (minOccurs > maxOccurs) faults.push({ path, message: 'minOccurs is above maxOccurs' });
}

function isPlain(bound: Item['rules']['minimum']): bound is AnswerValue {
  return bound !== undefined && !(typeof bound === 'object' && 'todayPlus' in bound);
}

function isOffered({ options, offered }: Item, value: AnswerValue): boolean {
  return (offered ?? options).some((option) => sameValue(option.value, value));
}

/** The thirtieth of February, the thirteenth month. */
export function isNoDay({ type }: Pick<Item, 'type'>, value: AnswerValue): boolean {
  if ((type !== 'date' && type !== 'dateTime') || typeof value !== 'string') return false;
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:$|T)/.exec(value) ?? [];
  return year === undefined || !isDay({ year: Number(year), month: Number(month), day: Number(day) });
}
