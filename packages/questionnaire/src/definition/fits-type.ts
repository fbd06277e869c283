import type { AnswerValue, Item } from '../types.ts';

/** Whether a value is of a kind that the item's answers can be. */
export function fitsType({ type }: Pick<Item, 'type'>, value: AnswerValue): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'decimal':
      return typeof value === 'number';
    case 'quantity':
      return typeof value === 'object' && 'value' in value;
    case 'choice':
    case 'open-choice':
      return typeof value !== 'boolean';
    default:
      return typeof value === 'string';
  }
}
