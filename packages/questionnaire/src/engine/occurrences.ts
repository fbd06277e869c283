import { displayOf } from '../speak/display-of.ts';
import { plainItem } from './plain-item.ts';
import { reworded } from './reworded.ts';
import type { Condition, Definition, IntakeState, Item, Occurrence, RedFlag } from '../types.ts';

/** Occurrences of a group that sets no maxOccurs: a call must come to an end. */
const mostOccurrences = 20;

/** An occurrence's key: the link itself for the first, `link#2` for the second, `link#2.3` within two groups. */
export function keyOf(linkId: string, at: readonly number[]): string {
  return at.every((index) => index === 1) ? linkId : `${linkId}#${at.join('.')}`;
}

/** The link of an item, whichever occurrence of it this is. */
export function linkOf(item: Item): string {
  return item.occurrence?.linkId ?? item.linkId;
}

/** Links of repeating groups, and of repeating questions with items under each answer. */
export function repeatingLinks(items: readonly Item[]): string[] {
  return items.flatMap((item) => [
    ...(isRepeatingGroup(item) || isRepeatingQuestion(item) ? [item.linkId] : []),
    ...repeatingLinks(item.items),
  ]);
}

/** The items under each answer of a question, by answer; those of a question that does not repeat are under the first. */
export function childrenByAnswer(item: Item): Item[][] {
  if (!isRepeatingQuestion(item)) return [[...item.items]];
  const depth = item.occurrence?.at.length ?? 0;
  const byAnswer: Item[][] = [];
  for (const child of item.items) {
    const index = (child.occurrence?.at[depth] ?? 1) - 1;
    (byAnswer[index] ??= []).push(child);
  }
  return byAnswer;
}

export function isRepeatingQuestion(item: Item): boolean {
  return item.repeats && item.type !== 'group' && item.items.length > 0;
}

function isRepeatingGroup(item: Item): boolean {
  return item.type === 'group' && item.repeats;
}

/** A repeating group (or question) around an item, and which of its occurrences it is. */
interface Within {
  group: string;
  index: number;
}

interface Unfolding {
  state: Pick<IntakeState, 'items'>;
  /** Where each link stands, by repeating group. */
  places: Map<string, { key: string; within: readonly Within[] }[]>;
}

/**
 * The definition with each repeating group as often as it occurs in that state, and after the last one the question
 * whether there is another. Conditions point to the occurrence they share a group with, else to all there are.
 */
export function unfold(definition: Definition, state: Pick<IntakeState, 'items'>): Definition {
  const unfolding: Unfolding = { state, places: new Map() };
  const items = unfoldItems(definition.items, [], unfolding);
  const pointed = pointAll(items, [], unfolding);
  const redFlags = definition.redFlags.map((flag): RedFlag => ({
    ...flag,
    when: flag.when.map((condition) => point(condition, [], unfolding)),
  }));
  return { ...definition, items: pointed, redFlags };
}

function unfoldItems(items: readonly Item[], within: readonly Within[], unfolding: Unfolding): Item[] {
  return items.flatMap((item) =>
    isRepeatingGroup(item)
      ? unfoldGroup(item, within, unfolding)
      : [occurrenceOf(item, item.linkId, within, unfolding)],
  );
}

function unfoldGroup(group: Item, within: readonly Within[], unfolding: Unfolding): Item[] {
  const { linkId } = group;
  const least = Math.max(1, group.minOccurs ?? 1);
  const most = group.maxOccurs ?? Math.max(least, mostOccurrences);
  const found: Item[] = [];
  const inner = (index: number) => [...within, { group: linkId, index }];
  for (let index = 1; index <= most; index++) {
    const at = inner(index).map((one) => one.index);
    const question = `${keyOf(linkId, at)}?`;
    if (index > least) {
      const before = keyOf(
        linkId,
        inner(index - 1).map((one) => one.index),
      );
      found.push(anotherOf(group, question, { linkId, at, asks: before }));
      const known = unfolding.state.items[question];
      if (!(known?.status === 'answered' && known.values[0] === true)) break;
    }
    const after = index > least ? { after: question } : {};
    found.push(occurrenceOf(group, linkId, inner(index), unfolding, after));
  }
  return found;
}

function occurrenceOf(
  item: Item,
  linkId: string,
  within: readonly Within[],
  unfolding: Unfolding,
  more: Partial<Occurrence> = {},
): Item {
  const items = isRepeatingQuestion(item)
    ? unfoldAnswers(item, within, unfolding)
    : unfoldItems(item.items, within, unfolding);
  const at = within.map(({ index }) => index);
  const key = keyOf(linkId, at);
  unfolding.places.set(linkId, [...(unfolding.places.get(linkId) ?? []), { key, within }]);
  if (within.length === 0) return { ...item, items };
  const isTelling = item.type === 'group' || item.type === 'display';
  // What was said before the first one is not said again.
  const told = isTelling && key !== linkId ? { prompt: '' } : {};
  return { ...item, linkId: key, ...told, occurrence: { linkId, at, ...more }, items };
}

/** The items under each answer; with several answers, each says of which one it speaks. */
function unfoldAnswers(item: Item, within: readonly Within[], unfolding: Unfolding): Item[] {
  const at = within.map(({ index }) => index);
  const known = unfolding.state.items[keyOf(item.linkId, at)];
  const values = known?.status === 'answered' ? known.values : [undefined];
  return values.flatMap((value, index) => {
    const inner = unfoldItems(item.items, [...within, { group: item.linkId, index: index + 1 }], unfolding);
    if (value === undefined || values.length < 2) return inner;
    const about = `About ${displayOf([value], item)}`;
    return inner.map((one) =>
      reworded(one, (words) => (one.type === 'group' ? `${about}. ${words}`.trim() : `${about}: ${words}`)),
    );
  });
}

/** The question after an occurrence, whether there is another. */
function anotherOf(group: Item, key: string, occurrence: Occurrence): Item {
  const prompt = `Is there another ${nameOfOne(group.text)}?`;
  return {
    ...plainItem(key, 'boolean', prompt),
    text: prompt,
    retries: [`Please answer yes or no. ${prompt}`],
    hidden: group.hidden,
    occurrence,
  };
}

/** "Current medications" is asked for as "another current medication", a long heading as "another one". */
function nameOfOne(text: string): string {
  const words = text.trim().split(/\s+/);
  if (text === '' || words.length > 4 || /[^\p{L}\s'-]/u.test(text)) return 'one to add';
  const last = words.pop()!;
  const singular = /(?:ss|us|is)$/i.test(last)
    ? last
    : last.replace(/ies$/i, 'y').replace(/(?:(?<=[sx]|ch|sh)es|(?<=[^s])s)$/i, '');
  return [...words, singular]
    .map((word) => (/^\p{Lu}\p{Ll}/u.test(word) ? word.toLowerCase() : word))
    .join(' ');
}

function pointAll(items: readonly Item[], within: readonly Within[], unfolding: Unfolding): Item[] {
  return items.map((item) => {
    const here = withinOf(item, within, unfolding);
    return {
      ...item,
      enableWhen: item.enableWhen.map((condition) => point(condition, here, unfolding)),
      ...(item.logic
        ? {
            logic: {
              ...item.logic,
              hangsOn: item.logic.hangsOn.flatMap((link) => keysOf(link, here, unfolding)),
            },
          }
        : {}),
      items: pointAll(item.items, here, unfolding),
    };
  });
}

function withinOf(item: Item, around: readonly Within[], { places }: Unfolding): readonly Within[] {
  return places.get(linkOf(item))?.find(({ key }) => key === item.linkId)?.within ?? around;
}

function point(condition: Condition, within: readonly Within[], unfolding: Unfolding): Condition {
  const [linkId = condition.linkId, ...also] = keysOf(condition.linkId, within, unfolding);
  return also.length > 0 ? { ...condition, linkId, also } : { ...condition, linkId };
}

/** The occurrences of a link that share the most groups with the place. */
function keysOf(linkId: string, within: readonly Within[], { places }: Unfolding): string[] {
  const candidates = places.get(linkId) ?? [];
  const shared = (one: { within: readonly Within[] }) => {
    const differs = one.within.findIndex(
      ({ group, index }, depth) => within[depth]?.group !== group || within[depth].index !== index,
    );
    return differs === -1 ? one.within.length : differs;
  };
  const most = Math.max(0, ...candidates.map(shared));
  return candidates.filter((one) => shared(one) === most).map(({ key }) => key);
}
