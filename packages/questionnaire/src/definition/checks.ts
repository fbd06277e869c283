import type { Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import type { Condition, Definition, Item } from '../types.ts';
import type { Findings } from './from-fhir.ts';

interface Place {
  item: QuestionnaireItem;
  path: string;
  ancestors: readonly string[];
}

/** What holds across items: unique links, conditions that can hold, no circles, questions that can be put. */
export function checkDefinition(
  definition: Definition,
  questionnaire: Questionnaire,
  findings: Findings,
): void {
  const places = walk(questionnaire.item ?? [], '', []);
  checkUnique(places, findings);
  const items = new Map(flattenItems(definition.items).map((item) => [item.linkId, item]));
  for (const place of places) {
    const item = items.get(place.item.linkId);
    if (item) checkItem(item, place, items, findings);
  }
  checkCircles(places, findings);
  for (const flag of definition.redFlags) {
    for (const condition of flag.when) {
      const problem = conditionProblem(condition, items);
      if (problem) findings.faults.push({ path: 'extension', message: `red flag ${flag.id}: ${problem}` });
    }
  }
}

function checkUnique(places: readonly Place[], findings: Findings): void {
  const seen = new Set<string>();
  for (const { item, path } of places) {
    if (seen.has(item.linkId)) {
      findings.faults.push({
        path: `${path}.linkId`,
        message: `"${item.linkId}" is the link of an earlier item too`,
      });
    }
    seen.add(item.linkId);
  }
}

function checkItem(item: Item, { path }: Place, items: ReadonlyMap<string, Item>, findings: Findings): void {
  const { faults, warnings } = findings;
  item.enableWhen.forEach((condition, index) => {
    const at = `${path}.enableWhen[${index}]`;
    const problem = conditionProblem(condition, items);
    if (problem !== undefined) faults.push({ path: at, message: problem });
    else if (condition.linkId === item.linkId)
      faults.push({ path: at, message: 'an item cannot depend on itself' });
  });
  if (item.hidden) return;
  if (item.type !== 'group' && item.prompt === '') {
    faults.push({ path: `${path}.text`, message: 'nothing to say', remedy: 'Give the item a text' });
  }
  if (item.type === 'choice' && item.options.length === 0) {
    const message = 'a choice without options cannot be asked';
    if (item.required) faults.push({ path: `${path}.answerOption`, message, remedy: 'List the options' });
    else warnings.push({ path: `${path}.answerOption`, message, remedy: 'It is left out of the call' });
  }
  if (item.options.length > maximumSpokenOptions) {
    warnings.push({
      path: `${path}.answerOption`,
      message: `${item.options.length} options are too many to read out`,
    });
  }
}

const maximumSpokenOptions = 7;

function conditionProblem(condition: Condition, items: ReadonlyMap<string, Item>): string | undefined {
  const target = items.get(condition.linkId);
  if (!target) return `no item has the link "${condition.linkId}"`;
  if (condition.operator === 'exists') {
    return typeof condition.answer === 'boolean' ? undefined : 'exists is compared with true or false';
  }
  if (target.type === 'group' || target.type === 'display')
    return `"${condition.linkId}" is a ${target.type} and has no answer`;
  const { answer } = condition;
  const fits = fitsType(target, answer);
  if (!fits)
    return `"${condition.linkId}" has the type ${target.type}; the value compared with it has another`;
  const coded = typeof answer === 'object' && 'display' in answer;
  if (
    target.type === 'choice' &&
    coded &&
    target.options.length > 0 &&
    !target.options.some((one) => one.code === answer.code)
  ) {
    return `"${answer.code}" is not an option of "${condition.linkId}": the condition can never hold`;
  }
  return undefined;
}

function fitsType(target: Item, answer: Condition['answer']): boolean {
  switch (target.type) {
    case 'boolean':
      return typeof answer === 'boolean';
    case 'integer':
    case 'decimal':
      return typeof answer === 'number';
    case 'quantity':
      return typeof answer === 'object' && 'value' in answer;
    case 'choice':
    case 'open-choice':
      return typeof answer !== 'boolean';
    default:
      return typeof answer === 'string';
  }
}

/** An item that, through conditions, waits for itself can never be asked. */
function checkCircles(places: readonly Place[], findings: Findings): void {
  const needs = new Map(
    places.map(({ item, ancestors }) => [
      item.linkId,
      [...(item.enableWhen ?? []).map((condition) => condition.question), ...ancestors],
    ]),
  );
  const done = new Set<string>();
  const visit = (linkId: string, trail: readonly string[]): void => {
    if (done.has(linkId)) return;
    if (trail.includes(linkId)) {
      const circle = [...trail.slice(trail.indexOf(linkId)), linkId];
      const place = places.find(({ item }) => item.linkId === linkId)!;
      findings.faults.push({ path: `${place.path}.enableWhen`, message: `a circle: ${circle.join(' → ')}` });
      done.add(linkId);
      return;
    }
    for (const next of needs.get(linkId) ?? []) if (next !== linkId) visit(next, [...trail, linkId]);
    done.add(linkId);
  };
  for (const { item } of places) visit(item.linkId, []);
}

function walk(items: readonly QuestionnaireItem[], prefix: string, ancestors: readonly string[]): Place[] {
  return items.flatMap((item, index) => {
    const path = `${prefix}${prefix === '' ? '' : '.'}item[${index}]`;
    return [{ item, path, ancestors }, ...walk(item.item ?? [], path, [...ancestors, item.linkId])];
  });
}

function flattenItems(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...flattenItems(item.items)]);
}
