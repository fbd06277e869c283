import type { AnswerValue, Condition, Definition, Item } from '../types.ts';
import { compare, sameValue } from '../engine/compare.ts';

/** Why an item is never asked, or a rule never fires. */
export type Obstacle = string;

/** The items that no answers can bring about, by link. Expressions are taken to hold. */
export function deadItems({ items }: Pick<Definition, 'items'>): Map<string, Obstacle> {
  const all = new Map(flatten(items).map((item) => [item.linkId, item]));
  const dead = new Map<string, Obstacle>();
  const visit = (list: readonly Item[], around: Obstacle | undefined): boolean =>
    list
      .map((item) => {
        const obstacle =
          around ?? obstacleOf(item.enableWhen, item.enableBehavior, { items: all, dead }) ?? undefined;
        const isNew = obstacle !== undefined && !dead.has(item.linkId);
        if (isNew) dead.set(item.linkId, obstacle);
        const inner = dead.has(item.linkId)
          ? `it is part of "${item.linkId}", which is never asked`
          : undefined;
        return visit(item.items, inner) || isNew;
      })
      .includes(true);
  while (visit(items, undefined));
  return dead;
}

export interface Reach {
  items: ReadonlyMap<string, Item>;
  dead: ReadonlyMap<string, Obstacle>;
}

/** What keeps these conditions from ever holding together; undefined when nothing does. */
export function obstacleOf(
  conditions: readonly Condition[],
  behavior: 'all' | 'any',
  reach: Reach,
): Obstacle | undefined {
  if (conditions.length === 0) return undefined;
  const single = conditions.map((condition) => obstacleTo(condition, reach));
  if (behavior === 'any') return single.every((one) => one !== undefined) ? single[0] : undefined;
  return single.find((one) => one !== undefined) ?? contradiction(conditions, reach);
}

function obstacleTo(condition: Condition, { items, dead }: Reach): Obstacle | undefined {
  const { linkId, operator, answer } = condition;
  const target = items.get(linkId);
  // A link that is not there, and types that clash, are told elsewhere.
  if (!target || (operator === 'exists' && answer === false)) return undefined;
  if (dead.has(linkId)) return `"${linkId}" is never asked`;
  if (isNeverAnswered(target)) return `"${linkId}" is not asked of callers and has no value`;
  return outsideBounds(target, condition);
}

function isNeverAnswered(item: Item): boolean {
  if (item.type === 'group' || item.type === 'display') return true;
  if (!item.hidden && !item.readOnly) return false;
  const { logic } = item;
  return item.initial.length === 0 && logic?.calculated === undefined && logic?.initial === undefined;
}

function outsideBounds(item: Item, { operator, answer }: Condition): Obstacle | undefined {
  const [low, high] = [fixed(item.rules.minimum), fixed(item.rules.maximum)];
  const beyond = (bound: AnswerValue | undefined, side: -1 | 1, orEqual: boolean): boolean => {
    const order = bound === undefined ? undefined : compare(answer, bound);
    return order !== undefined && (order * side > 0 || (orEqual && order === 0));
  };
  const never =
    (['=', '>', '>='].includes(operator) && beyond(high, 1, operator === '>')) ||
    (['=', '<', '<='].includes(operator) && beyond(low, -1, operator === '<'));
  return never ? `"${item.linkId}" cannot have such a value` : undefined;
}

function fixed(bound: Item['rules']['minimum']): AnswerValue | undefined {
  return typeof bound === 'object' && 'todayPlus' in bound ? undefined : bound;
}

/** Two conditions on one answer that exclude each other. */
function contradiction(conditions: readonly Condition[], { items }: Reach): Obstacle | undefined {
  for (const [index, one] of conditions.entries()) {
    for (const other of conditions.slice(index + 1)) {
      if (one.linkId !== other.linkId || items.get(one.linkId)?.repeats !== false) continue;
      if (exclude(one, other) || exclude(other, one))
        return `its conditions on "${one.linkId}" exclude each other`;
    }
  }
  return undefined;
}

function exclude(one: Condition, other: Condition): boolean {
  if (other.operator === 'exists' && other.answer === false)
    return !(one.operator === 'exists' && one.answer === false);
  if (one.operator === '=' && other.operator === '=') return !sameValue(one.answer, other.answer);
  if (one.operator === '=' && other.operator === '!=') return sameValue(one.answer, other.answer);
  const order = compare(one.answer, other.answer);
  if (order === undefined) return false;
  // one is a least value (or the value itself), other a greatest.
  const isLeast = one.operator === '>' || one.operator === '>=' || one.operator === '=';
  const isMost = other.operator === '<' || other.operator === '<=' || other.operator === '=';
  if (!isLeast || !isMost) return false;
  return order > 0 || (order === 0 && (one.operator === '>' || other.operator === '<'));
}

function flatten(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...flatten(item.items)]);
}
