import type { Condition, Definition, Item } from '../types.ts';
import { canSatisfy } from './candidates.ts';
import { behind, type Needs, needsOf, type Standing, standings } from './needs.ts';

/** Why an item is never asked, or a rule never fires. */
export type Obstacle = string;

/** What of a questionnaire answers can bring about. */
export interface Reach {
  all: ReadonlyMap<string, Standing>;
  needs: Needs;
  /** The items that no answers can bring about, by link. Expressions are taken to hold. */
  dead: ReadonlyMap<string, Obstacle>;
}

export function reachOf(definition: Pick<Definition, 'items'>): Reach {
  const all = standings(definition);
  const dead = new Map<string, Obstacle>();
  const reach: Reach = { all, needs: needsOf(all), dead };
  let before: number;
  do {
    before = dead.size;
    for (const { item, parents } of all.values()) {
      if (dead.has(item.linkId)) continue;
      const obstacle = around(parents, dead) ?? obstacleToItem(item, parents, reach);
      if (obstacle !== undefined) dead.set(item.linkId, obstacle);
    }
  } while (dead.size > before);
  return reach;
}

function around(parents: readonly Item[], dead: ReadonlyMap<string, Obstacle>): Obstacle | undefined {
  const parent = parents.find(({ linkId }) => dead.has(linkId));
  return parent && `it is part of "${parent.linkId}", which is never asked`;
}

function obstacleToItem(item: Item, parents: readonly Item[], reach: Reach): Obstacle | undefined {
  const outer = parents.flatMap(({ linkId }) => reach.needs(linkId));
  return obstacleOf(item.enableWhen, item.enableBehavior, reach, outer);
}

/** What keeps these conditions from ever holding, while those of `outer` hold too; undefined when nothing does. */
export function obstacleOf(
  conditions: readonly Condition[],
  behavior: 'all' | 'any',
  reach: Reach,
  outer: readonly Condition[] = [],
): Obstacle | undefined {
  if (conditions.length === 0) return undefined;
  const ways = behavior === 'any' ? conditions.map((condition) => [condition]) : [conditions];
  const obstacles = ways.map((way) => obstacleOn(way, outer, reach));
  return obstacles.every((one) => one !== undefined) ? obstacles[0] : undefined;
}

function obstacleOn(
  own: readonly Condition[],
  outer: readonly Condition[],
  reach: Reach,
): Obstacle | undefined {
  const single = own.map((condition) => obstacleTo(condition, reach)).find((one) => one !== undefined);
  if (single !== undefined) return single;
  const further = [...outer, ...own.flatMap((condition) => behind(condition, reach.needs))];
  return (
    contradiction(own, reach, (link) => `its conditions on "${link}" exclude each other`) ??
    contradiction(
      [...own, ...further],
      reach,
      (link) => `its conditions, and those of what it comes under, exclude each other on "${link}"`,
    )
  );
}

function obstacleTo(condition: Condition, { all, dead }: Reach): Obstacle | undefined {
  const { linkId, operator, answer } = condition;
  const target = all.get(linkId)?.item;
  // A link that is not there is told elsewhere.
  if (!target || (operator === 'exists' && answer === false)) return undefined;
  if (dead.has(linkId)) return `"${linkId}" is never asked`;
  if (isNeverAnswered(target)) return `"${linkId}" is not asked of callers and has no value`;
  return canSatisfy(target, [condition]) ? undefined : `"${linkId}" cannot have such a value`;
}

function isNeverAnswered(item: Item): boolean {
  if (item.type === 'group' || item.type === 'display') return true;
  if (!item.hidden && !item.readOnly) return false;
  const { logic } = item;
  return item.initial.length === 0 && logic?.calculated === undefined && logic?.initial === undefined;
}

/** The first answer of which these conditions, each possible alone, want two things at once. */
function contradiction(
  conditions: readonly Condition[],
  { all }: Reach,
  told: (linkId: string) => string,
): Obstacle | undefined {
  const byLink = Map.groupBy(new Set(conditions), ({ linkId }) => linkId);
  for (const [linkId, wanted] of byLink) {
    const target = all.get(linkId);
    // Of several occurrences, each may satisfy another condition.
    if (!target || wanted.length < 2 || target.parents.some(({ repeats }) => repeats)) continue;
    if (!canSatisfy(target.item, wanted)) return told(linkId);
  }
  return undefined;
}
