import { isAskable } from '../engine/catalogue.ts';
import { standings } from '../definition/needs.ts';
import type { Definition, Item } from '../types.ts';
import { callTime, secondsOf, speaking } from './call-time.ts';
import { isWorkedOut } from './choices.ts';
import { PathSearch, type PathItem } from './path-search.ts';

/** One way through the questionnaire. */
export interface CallPath {
  /** Links of the questions, in the order in which they are asked. */
  questions: readonly string[];
  /** Expected, without greeting and good-bye. */
  seconds: number;
  /** False: a bound. No call asks more than the longest, none less than the shortest, but perhaps none asks as many (or as few). */
  exact: boolean;
}

export interface CallPaths {
  shortest: CallPath;
  longest: CallPath;
  /** Why a path is a bound only; empty when both are exact. */
  reasons: readonly string[];
}

/** Questions weigh far more than seconds: of two paths with as many, the longer one in time. */
const question = 1e6;

/**
 * The fewest and the most questions that one caller can be asked when each is answered at the first attempt, and how long that takes. What
 * excludes itself is not added up: a caller who answers no is not asked what only a yes brings.
 */
export function callPaths(definition: Definition): CallPaths {
  const items = pathItems(definition);
  const reasons = reasonsOf([...items.values()]);
  const order = [...standings(definition).keys()];
  const path = (wants: 'least' | 'most'): CallPath => {
    const { weight, links, exact } = new PathSearch(items, wants).run();
    const applies = new Set(links);
    const questions = order.filter((link) => applies.has(link) && isAskable(items.get(link)!.item));
    const seconds = weight - questions.length * question;
    return { questions, seconds, exact: exact && reasons.length === 0 };
  };
  const paths = { shortest: path('least'), longest: path('most') };
  const isGivenUp = reasons.length === 0 && !(paths.shortest.exact && paths.longest.exact);
  return {
    ...paths,
    reasons: isGivenUp ? ['conditions hang together too closely to try all answers'] : reasons,
  };
}

function reasonsOf(items: readonly PathItem[]): string[] {
  const uncertain = items.filter((one) => one.uncertain).length;
  const sources = new Set(items.flatMap(({ item }) => item.enableWhen.map(({ linkId }) => linkId)));
  const workedOut = items.filter(({ item }) => sources.has(item.linkId) && isWorkedOut(item)).length;
  return [
    ...(uncertain > 0
      ? [`${uncertain} of its items hang on expressions, which are not worked out here`]
      : []),
    ...(workedOut > 0 ? [`conditions compare with ${workedOut} values that expressions work out`] : []),
  ];
}

/** The items in an order in which each comes after all that it hangs on. */
function pathItems(definition: Definition): Map<string, PathItem> {
  const all = standings(definition);
  const sorted = new Map<string, PathItem>();
  const entered = new Set<string>();
  const enter = (linkId: string): void => {
    const standing = all.get(linkId);
    if (!standing || entered.has(linkId)) return;
    entered.add(linkId);
    const { item } = standing;
    const parents = standing.parents.map((parent) => parent.linkId);
    const deps = [...new Set([...parents, ...item.enableWhen.map((condition) => condition.linkId)])];
    for (const dep of deps) enter(dep);
    const uncertain = item.logic?.enableWhen !== undefined;
    sorted.set(linkId, { item, deps, parents, uncertain, weight: weightOf(item) });
  };
  for (const linkId of all.keys()) enter(linkId);
  return sorted;
}

function weightOf(item: Item): number {
  if (isAskable(item)) return question + secondsOf(item) + (item.repeats ? another : 0);
  if (item.hidden || (item.type !== 'group' && item.type !== 'display')) return 0;
  return speaking(item.prompt) + (item.type === 'group' && item.repeats ? another : 0);
}

/** "Is there another?" – "No." */
const another = speaking('Is there another one?') + callTime.beginSeconds + callTime.turnSeconds + 0.4;
