import { spokenList } from '../definition/speakable.ts';
import { parseDecimal } from '../parse/plain-numbers.ts';
import type { AnswerValue, Item, ParsedAnswer, QuantityValue } from '../types.ts';
import type { Problem } from './validate.ts';

/** A quantity in one of the item's own units ("two puffs"), which need not be units of measure at all. */
export function inOwnUnit(item: Item, words: string): Extract<ParsedAnswer, { ok: true }> | undefined {
  for (const { unit = '', system, code } of item.units ?? []) {
    const said = new RegExp(`\\b${escaped(unit.replace(/s$/i, ''))}(?:s|es)?\\b`, 'i');
    if (unit === '' || !said.test(words)) continue;
    const number = parseDecimal(words.replace(said, ' '));
    if (!number.ok || typeof number.value !== 'number') continue;
    const value: QuantityValue = {
      value: number.value,
      unit,
      ...(system === undefined ? {} : { system }),
      ...(code === undefined ? {} : { code }),
    };
    return { ...number, value, display: `${number.value} ${unit}` };
  }
  return undefined;
}

/** A unit that is none of those the item allows. */
export function unitProblem(item: Item, value: AnswerValue): Problem | undefined {
  const { units } = item;
  if (!units || typeof value !== 'object' || !('value' in value)) return undefined;
  const same = (unit: QuantityValue) =>
    (unit.code !== undefined && unit.code === value.code) ||
    (unit.unit !== undefined && unit.unit.toLowerCase() === value.unit?.toLowerCase());
  if (units.some(same)) return undefined;
  const problem = `Please give it in ${spokenList(units.map(({ unit, code }) => unit ?? code ?? ''))}.`;
  return { code: 'wrong-format', problem };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
