import { isAskable } from '../engine/catalogue.ts';
import type { Definition, Item } from '../types.ts';
import { conditionWords } from './condition-words.ts';

/** One item as the picture shows it. */
export interface GraphNode {
  linkId: string;
  kind: 'question' | 'group' | 'text' | 'not-asked';
  /** Among the questions, from 1; absent for what is none. */
  number?: number;
  /** As it is said; of a group, its title. */
  label: string;
  /** `yes or no`, `phone`, `one of 4`, … */
  type: string;
  required: boolean;
  repeats: boolean;
  /** What has it asked: `fever is yes`, one line for each condition; more than one are joined by `any` or `all`. */
  when: readonly string[];
  whenBehavior: 'all' | 'any';
  /** Ids and severities of red flags that hang on its answer or are declared with it. */
  redFlags: readonly string[];
  /** Items inside: of a group, or under a question. */
  items: readonly GraphNode[];
}

/** `from`'s answer decides whether `to` is asked; `by` tells through a condition or an expression. */
export interface GraphEdge {
  from: string;
  to: string;
  by: 'condition' | 'expression';
}

export interface QuestionGraph {
  title: string;
  version: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  /** Red flags heard in whatever the caller says. */
  heard: readonly string[];
}

/** Which question hangs on which: the questionnaire as a picture has it. Pure. */
export function questionGraph({ title, version, items, redFlags }: Definition): QuestionGraph {
  const all = new Map(flatten(items).map((item) => [item.linkId, item]));
  let number = 0;
  const flagsOf = (item: Item) =>
    redFlags
      .filter(
        ({ linkId, when }) =>
          linkId === item.linkId || when.some((condition) => condition.linkId === item.linkId),
      )
      .map(({ id, severity }) => `${id} (${severity})`);
  const node = (item: Item): GraphNode => {
    const kind = kindOf(item);
    const own = kind === 'question' ? { number: ++number } : {};
    return {
      linkId: item.linkId,
      kind,
      ...own,
      label: item.prompt === '' ? item.text || item.linkId : item.prompt,
      type: typeWords(item),
      required: item.required,
      repeats: item.repeats,
      when: whenWords(item, all),
      whenBehavior: item.enableBehavior,
      redFlags: flagsOf(item),
      items: item.items.map(node),
    };
  };
  const heard = redFlags.filter(({ phrases, library }) => phrases.length > 0 || library !== undefined);
  return {
    title,
    version,
    nodes: items.map(node),
    edges: [...all.values()].flatMap((item) => edgesTo(item, all)),
    heard: heard.map(({ id, severity }) => `${id} (${severity})`),
  };
}

function kindOf(item: Item): GraphNode['kind'] {
  if (item.type === 'group') return 'group';
  if (item.type === 'display') return item.hidden ? 'not-asked' : 'text';
  return isAskable(item) ? 'question' : 'not-asked';
}

function typeWords(item: Item): string {
  if (item.logic?.calculated !== undefined) return 'calculated';
  if (item.hidden) return 'hidden';
  if (item.readOnly) return 'read only';
  if (item.described !== undefined) return `${item.described}, described in words`;
  if (item.form !== 'free') return item.form;
  if (item.type === 'boolean') return 'yes or no';
  const count = (item.offered ?? item.options).length;
  if (item.type === 'choice') return count === 0 ? 'choice' : `one of ${count}`;
  if (item.type === 'open-choice') return `one of ${count}, or other words`;
  return item.type === 'integer' ? 'whole number' : item.type === 'decimal' ? 'number' : item.type;
}

function whenWords(item: Item, all: ReadonlyMap<string, Item>): string[] {
  const conditions = item.enableWhen.map((condition) => conditionWords(condition, all.get(condition.linkId)));
  const expression = item.logic?.enableWhen;
  return expression === undefined ? conditions : [...conditions, `the expression ${expression}`];
}

function edgesTo(item: Item, all: ReadonlyMap<string, Item>): GraphEdge[] {
  const to = item.linkId;
  const links = new Set(item.enableWhen.map(({ linkId }) => linkId));
  const hangsOn = item.logic?.enableWhen === undefined ? [] : item.logic.hangsOn;
  return [
    ...[...links].map((from): GraphEdge => ({ from, to, by: 'condition' })),
    ...hangsOn.filter((from) => !links.has(from)).map((from): GraphEdge => ({ from, to, by: 'expression' })),
  ].filter(({ from }) => from !== to && all.has(from));
}

function flatten(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...flatten(item.items)]);
}
