import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4.d.ts';
import { standard } from '../definition/extensions.ts';
import type { AnswerValue, Definition, IntakeState, Item, ResponseMeta } from '../types.ts';
import { mayAnswer } from './caller.ts';
import { isAskable } from './catalogue.ts';
import { sameValue } from './compare.ts';
import { type Enablement, enablementOf } from './enablement.ts';
import { childrenByAnswer, linkOf } from './occurrences.ts';
import { absent, answerOf } from './response-values.ts';
import { standing } from './standing.ts';
import { currentStep } from './steps.ts';

/** The R4 response to that state; valid at any time. What was asked without an answer says why it has none. */
export function questionnaireResponse(
  definition: Definition,
  state: IntakeState,
  meta: ResponseMeta,
): QuestionnaireResponse {
  const complete = currentStep(definition, state).kind === 'complete';
  const enabled = enablementOf(definition, state);
  const { items } = standing(definition, state);
  const item = itemsOf(items, { state, enabled, ended: complete || (meta.ended ?? false) });
  return {
    resourceType: 'QuestionnaireResponse',
    ...(meta.id === undefined ? {} : { id: meta.id }),
    questionnaire: `${definition.url}|${definition.version}`,
    status: complete ? 'completed' : meta.ended ? 'stopped' : 'in-progress',
    ...(meta.subject === undefined ? {} : { subject: { reference: meta.subject } }),
    authored: meta.authored,
    ...(meta.source === undefined ? {} : { source: { reference: meta.source } }),
    ...(item.length > 0 ? { item } : {}),
  };
}

/** The answers as expressions see them, with the node of each item by its key: codings carry their score. */
export function responseForExpressions(
  definition: Definition,
  state: IntakeState,
): { response: QuestionnaireResponse; nodes: Map<string, QuestionnaireResponseItem> } {
  const nodes = new Map<string, QuestionnaireResponseItem>();
  const enabled = enablementOf(definition, state);
  const { items } = standing(definition, state);
  const item = itemsOf(items, { state, enabled, ended: false, nodes });
  const response: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${definition.url}|${definition.version}`,
    status: 'in-progress',
    item,
  };
  return { response, nodes };
}

interface Scope {
  state: IntakeState;
  enabled: Enablement;
  ended: boolean;
  /** Given when it is made for expressions: no marks for what is missing, and each item is entered. */
  nodes?: Map<string, QuestionnaireResponseItem>;
}

function itemsOf(items: readonly Item[], scope: Scope): QuestionnaireResponseItem[] {
  return items.flatMap((item) => itemOf(item, scope) ?? []);
}

function itemOf(item: Item, scope: Scope): QuestionnaireResponseItem | undefined {
  if (item.type === 'display' || !scope.enabled(item.linkId)) return undefined;
  if (item.occurrence?.asks !== undefined) return undefined;
  const head = { linkId: linkOf(item), ...(item.text === '' ? {} : { text: item.text }) };
  if (item.type === 'group') {
    const children = itemsOf(item.items, scope);
    return entered(item, { ...head, item: children }, children.length > 0, scope);
  }
  const answer = answersOf(item, scope);
  // R4 nests items under a question in its answer; an answer may hold them without a value.
  childrenByAnswer(item).forEach((below, index) => {
    const children = itemsOf(below, scope);
    if (children.length > 0) answer[index] = { ...answer[index], item: children };
  });
  return entered(item, { ...head, answer }, answer.length > 0, scope);
}

function entered(
  item: Item,
  node: QuestionnaireResponseItem,
  isFilled: boolean,
  { nodes }: Scope,
): QuestionnaireResponseItem | undefined {
  if (!isFilled) return undefined;
  nodes?.set(item.linkId, node);
  return node;
}

function answersOf(item: Item, { state, ended, nodes }: Scope): QuestionnaireResponseItemAnswer[] {
  const known = state.items[item.linkId];
  if (nodes) return known?.status === 'answered' ? known.values.map((value) => scored(item, value)) : [];
  switch (known?.status) {
    case 'answered':
      if (known.values.length === 0) return [absent(item, 'not-applicable')];
      return known.values.map((value) => answerOf(item, value));
    case 'declined':
      return [absent(item, 'asked-declined')];
    case 'unknown':
      return [absent(item, 'asked-unknown')];
    case 'skipped':
      return [absent(item, 'unknown')];
    case undefined:
      if (!ended || !isAskable(item)) return [];
      if (state.asked.includes(item.linkId)) return [absent(item, 'unknown')];
      if (mayAnswer(item, state)) return [absent(item, 'not-asked')];
      // A question about the one who speaks for the patient has no answer where nobody does.
      return [
        item.answeredBy === 'proxy' ? absent(item, 'not-applicable') : absent(item, 'not-asked', 'proxy'),
      ];
  }
}

/** With the score of the option, where FHIRPath's ordinal() looks for it. */
function scored(item: Item, value: AnswerValue): QuestionnaireResponseItemAnswer {
  const plain = answerOf(item, value);
  const ordinal = item.options.find((option) => sameValue(option.value, value))?.ordinal;
  if (ordinal === undefined || plain.valueCoding === undefined) return plain;
  const extension = [{ url: standard.ordinalValue, valueDecimal: ordinal }];
  return { valueCoding: { ...plain.valueCoding, extension } };
}
