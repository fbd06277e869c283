import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from 'fhir/r4.d.ts';
import type { Item } from '../types.ts';
import { type Budget, type Evaluation, evaluate, type NodePath } from './evaluate.ts';
import { mentionsOf } from './mentions.ts';
import type { Logic, NamedExpression } from './types.ts';

/** Where an expression stands: at an item within the items around it (outermost first), or at the whole response. */
export interface Place {
  item: Item;
  parents: readonly Item[];
}

export interface SceneOptions {
  logic: Logic;
  response: QuestionnaireResponse;
  /** The response's items by the key of their item. */
  nodes: ReadonlyMap<string, QuestionnaireResponseItem>;
  /** The launch context: resources by name. */
  context: Readonly<Record<string, unknown>>;
  today: string | undefined;
  budget: Budget;
}

/** One moment of an intake, in which expressions are evaluated; variables are worked out when first asked for. */
export class Scene {
  readonly #options: SceneOptions;
  readonly #variables = new Map<NamedExpression, Map<string, Evaluation>>();

  constructor(options: SceneOptions) {
    this.#options = options;
  }

  evaluate(expression: string, place: Place | undefined): Evaluation {
    return this.#evaluate(expression, place, [], false);
  }

  /** `within`: the variables being worked out, which cannot be used for their own value. */
  #evaluate(
    expression: string,
    place: Place | undefined,
    within: readonly NamedExpression[],
    raw: boolean,
  ): Evaluation {
    const { response, today, budget } = this.#options;
    const node = this.#nodeAt(place);
    const { variables: names } = mentionsOf(expression, () => false);
    const variables = this.#standardNames(place, node, names);
    for (const name of names) {
      if (name in variables) continue;
      const found = this.#find(name, place, within);
      if (found === undefined) continue;
      if (!found.ok) return found;
      variables[name] = found.values;
    }
    const atRoot = place === undefined || startsAtRoot(expression, place.item);
    const start = atRoot
      ? ({ data: response, path: 'QuestionnaireResponse' } as const)
      : ({ data: node, path: 'QuestionnaireResponse.item' } as const);
    return evaluate(expression, start, { today, variables, budget }, raw);
  }

  #standardNames(place: Place | undefined, node: object, names: readonly string[]): Record<string, unknown> {
    const { logic, response } = this.#options;
    const source = place && names.includes('qitem') ? sourceOf(logic.questionnaire, place.item) : undefined;
    return {
      resource: response,
      rootResource: response,
      questionnaire: logic.questionnaire,
      context: place ? this.#typed(node, 'QuestionnaireResponse.item') : node,
      ...(source ? { qitem: this.#typed(source, 'Questionnaire.item') } : {}),
    };
  }

  /** A part of a resource is told apart by its path; without it, `value` would not find `valueCoding`. */
  #typed(data: object, path: NodePath): unknown {
    const { today, budget } = this.#options;
    const found = evaluate('$this', { data, path }, { today, variables: {}, budget }, true);
    return found.ok ? found.values : data;
  }

  #nodeAt(place: Place | undefined): QuestionnaireResponse | QuestionnaireResponseItem {
    if (!place) return this.#options.response;
    return this.#options.nodes.get(place.item.linkId) ?? { linkId: linkOf(place.item) };
  }

  /** The innermost variable of that name, else the launch context's; undefined for a name that nobody gives. */
  #find(name: string, place: Place | undefined, within: readonly NamedExpression[]): Evaluation | undefined {
    const around = place ? [...place.parents, place.item] : [];
    for (let depth = around.length; depth >= 0; depth--) {
      const owner = around[depth - 1];
      const variables = owner ? (owner.logic?.variables ?? []) : this.#options.logic.variables;
      const variable = variables.findLast((one) => one.name === name && !within.includes(one));
      if (!variable) continue;
      const at = owner && { item: owner, parents: around.slice(0, depth - 1) };
      return this.#variable(variable, at, within);
    }
    if (name in this.#options.context) return { ok: true, values: [this.#options.context[name]] };
    return this.#options.logic.launch.includes(name) ? { ok: true, values: [] } : undefined;
  }

  #variable(
    variable: NamedExpression,
    place: Place | undefined,
    within: readonly NamedExpression[],
  ): Evaluation {
    const known = this.#variables.get(variable) ?? new Map<string, Evaluation>();
    this.#variables.set(variable, known);
    const key = place?.item.linkId ?? '';
    const before = known.get(key);
    if (before) return before;
    const found = this.#evaluate(variable.expression, place, [...within, variable], true);
    known.set(key, found);
    return found;
  }
}

/** The questionnaire and the response know an occurrence by its link. */
function linkOf(item: Item): string {
  return item.occurrence?.linkId ?? item.linkId;
}

/**
 * Expressions begin at the item that holds them. Those that name the response, or begin with `item` at a question
 * that has none, were written for the response.
 */
function startsAtRoot(expression: string, item: Item): boolean {
  if (/^\W*QuestionnaireResponse\b/.test(expression)) return true;
  return item.items.length === 0 && /^\W*item\b/.test(expression);
}

const sources = new WeakMap<Questionnaire, Map<string, QuestionnaireItem>>();

function sourceOf(questionnaire: Questionnaire, item: Item): QuestionnaireItem | undefined {
  let byLink = sources.get(questionnaire);
  if (!byLink) {
    byLink = new Map(flatten(questionnaire.item ?? []).map((one) => [one.linkId, one]));
    sources.set(questionnaire, byLink);
  }
  return byLink.get(linkOf(item));
}

function flatten(items: readonly QuestionnaireItem[]): QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...flatten(item.item ?? [])]);
}
