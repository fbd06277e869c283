import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4.d.ts';
import { standard } from '../definition/extensions.ts';
import type { AnswerValue, Definition, IntakeState, Item, ResponseMeta } from '../types.ts';
import { isAskable } from './catalogue.ts';
import { type Enablement, enablementOf } from './enablement.ts';
import { currentStep } from './steps.ts';

/** The R4 response to that state; valid at any time. What was asked without an answer says why it has none. */
export function questionnaireResponse(
  definition: Definition,
  state: IntakeState,
  meta: ResponseMeta,
): QuestionnaireResponse {
  const complete = currentStep(definition, state).kind === 'complete';
  const enabled = enablementOf(definition, state);
  const item = itemsOf(definition.items, { state, enabled, ended: meta.ended ?? false });
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

interface Scope {
  state: IntakeState;
  enabled: Enablement;
  ended: boolean;
}

function itemsOf(items: readonly Item[], scope: Scope): QuestionnaireResponseItem[] {
  return items.flatMap((item) => itemOf(item, scope) ?? []);
}

function itemOf(item: Item, scope: Scope): QuestionnaireResponseItem | undefined {
  if (item.type === 'display' || !scope.enabled(item.linkId)) return undefined;
  const children = itemsOf(item.items, scope);
  const head = { linkId: item.linkId, ...(item.text === '' ? {} : { text: item.text }) };
  if (item.type === 'group') return children.length > 0 ? { ...head, item: children } : undefined;
  const answer = answersOf(item, scope);
  // R4 nests items under a question in its answer; an answer may hold them without a value.
  if (children.length > 0) answer[0] = { ...answer[0], item: children };
  return answer.length > 0 ? { ...head, answer } : undefined;
}

function answersOf(item: Item, { state, ended }: Scope): QuestionnaireResponseItemAnswer[] {
  const known = state.items[item.linkId];
  switch (known?.status) {
    case 'answered':
      if (known.values.length === 0) return [absent(item, 'not-applicable')];
      return known.values.map((value) => ({ [valueName(item, value)]: fhirValue(value) }));
    case 'declined':
      return [absent(item, 'asked-declined')];
    case 'unknown':
      return [absent(item, 'asked-unknown')];
    case 'skipped':
      return [absent(item, 'unknown')];
    case undefined:
      if (!ended || !isAskable(item)) return [];
      return [absent(item, state.asked.includes(item.linkId) ? 'unknown' : 'not-asked')];
  }
}

/** No value, with HL7's data-absent-reason on the value that is missing. */
function absent(item: Item, reason: string): QuestionnaireResponseItemAnswer {
  const extension = [{ url: standard.dataAbsentReason, valueCode: reason }];
  const name = valueName(item, undefined);
  const complex = name === 'valueCoding' || name === 'valueQuantity';
  return { [complex ? name : `_${name}`]: { extension } };
}

function valueName(item: Item, value: AnswerValue | undefined): string {
  switch (item.type) {
    case 'boolean':
      return 'valueBoolean';
    case 'integer':
      return 'valueInteger';
    case 'decimal':
      return 'valueDecimal';
    case 'date':
      return 'valueDate';
    case 'dateTime':
      return 'valueDateTime';
    case 'time':
      return 'valueTime';
    case 'quantity':
      return 'valueQuantity';
    case 'choice':
    case 'open-choice':
      return optionValueName(item, value);
    default:
      return 'valueString';
  }
}

function optionValueName(item: Item, value: AnswerValue | undefined): string {
  const kinds = {
    coding: 'valueCoding',
    string: 'valueString',
    integer: 'valueInteger',
    date: 'valueDate',
    time: 'valueTime',
  };
  if (value === undefined) return kinds[item.options[0]?.kind ?? 'coding'];
  if (typeof value === 'object') return 'valueCoding';
  const option = item.options.find((one) => one.value === value);
  return option ? kinds[option.kind] : 'valueString';
}

/** R4's dateTime carries a zone once it has a time; the caller's clinic is meant, whose zone is not known here. */
function fhirValue(value: AnswerValue): unknown {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(value)) return `${value}Z`;
  return value;
}
