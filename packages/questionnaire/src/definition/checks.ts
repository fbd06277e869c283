import type { Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import type { Condition, Definition, Item, RedFlag } from '../types.ts';
import { checkExpressionLinks } from './check-links.ts';
import { checkTelephone } from './check-telephone.ts';
import { checkValues } from './check-values.ts';
import { checkCircles } from './circles.ts';
import { extensionOf, standard } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { obstacleOf, type Reach, reachOf } from './reach.ts';
import { fitsType } from './fits-type.ts';
import { unspeakable } from './unspeakable.ts';

export interface Place {
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
  // Of a link that stands twice, the first is meant: that it does is told once.
  const items = new Map(
    flattenItems(definition.items)
      .reverse()
      .map((item) => [item.linkId, item]),
  );
  for (const place of places) {
    const item = items.get(place.item.linkId);
    if (!item?.hidden) checkTelephone(place, findings);
    if (!item) continue;
    checkItem(item, place, items, findings);
    checkValues(item, place.path, findings);
  }
  checkExpressionLinks(questionnaire, new Set(places.map(({ item }) => item.linkId)), findings);
  checkCircles(places, items, findings);
  const reach = reachOf(definition);
  for (const { item, path } of places) {
    const obstacle = reach.dead.get(item.linkId);
    // What is a fault already is not told twice.
    const isFaulty = items.get(item.linkId)?.enableWhen.some((one) => conditionProblem(one, items));
    if (obstacle === undefined || isFaulty) continue;
    findings.warnings.push({
      path: `${path}.enableWhen`,
      message: `"${item.linkId}" is never asked: ${obstacle}`,
    });
  }
  for (const flag of definition.redFlags) checkRedFlag(flag, { ...reach, items }, findings);
}

/** One that phrases can fire is reachable whatever its conditions. */
function checkRedFlag(
  flag: RedFlag,
  reach: Reach & { items: ReadonlyMap<string, Item> },
  { faults, warnings }: Findings,
): void {
  const wrong = unspeakable({ prompt: flag.script });
  if (wrong !== undefined)
    warnings.push({
      path: 'extension',
      message: `red flag ${flag.id}: its script cannot be said as it is: ${wrong}`,
    });
  const fault = (message: string) =>
    faults.push({ path: 'extension', message: `red flag ${flag.id}: ${message}` });
  const problems = flag.when.flatMap((condition) => conditionProblem(condition, reach.items) ?? []);
  for (const problem of problems) fault(problem);
  if (problems.length > 0 || flag.phrases.length > 0 || flag.library !== undefined) return;
  const obstacle = obstacleOf(flag.when, flag.whenBehavior, reach);
  if (obstacle !== undefined) fault(`it can never fire: ${obstacle}`);
}

function checkUnique(places: readonly Place[], findings: Findings): void {
  const seen = new Set<string>();
  for (const { item, path } of places) {
    // Answers are kept by link in plain objects, where these are there before anybody answers.
    if (item.linkId in {}) {
      const message = `"${item.linkId}" cannot be a link: JavaScript has another use for the word`;
      findings.faults.push({ path: `${path}.linkId`, message, remedy: 'Give it another link' });
    }
    if (seen.has(item.linkId)) {
      findings.faults.push({
        path: `${path}.linkId`,
        message: `"${item.linkId}" is the link of an earlier item too`,
      });
    }
    seen.add(item.linkId);
  }
}

function checkItem(
  item: Item,
  { item: source, path }: Place,
  items: ReadonlyMap<string, Item>,
  findings: Findings,
): void {
  const { faults, warnings } = findings;
  item.enableWhen.forEach((condition, index) => {
    const at = `${path}.enableWhen[${index}]`;
    const problem = conditionProblem(condition, items);
    if (problem !== undefined) faults.push({ path: at, message: problem });
    else if (condition.linkId === item.linkId)
      faults.push({ path: at, message: 'an item cannot depend on itself' });
  });
  if (item.type !== 'group' && item.type !== 'display' && item.prompt === '') {
    const finding = { path: `${path}.text`, message: 'nothing to say' };
    if (item.required && !item.hidden) faults.push({ ...finding, remedy: 'Give the item a text' });
    else if (!isMeantHidden(source)) warnings.push({ ...finding, remedy: 'It is left out of the call' });
  }
  if (item.hidden) return;
  const wrong = unspeakable(item);
  if (wrong !== undefined)
    warnings.push({ path: `${path}.text`, message: `it cannot be said as it is: ${wrong}` });
  // Codes that cannot be listed are told where the value set is named.
  const isListed = item.options.length > 0 || item.logic?.answers !== undefined;
  if (item.type === 'choice' && !isListed && source.answerValueSet === undefined) {
    const message = 'a choice without options cannot be asked';
    if (item.required) faults.push({ path: `${path}.answerOption`, message, remedy: 'List the options' });
    else warnings.push({ path: `${path}.answerOption`, message, remedy: 'It is left out of the call' });
  }
  const count = item.options.length;
  if (count > mostOptions && item.type === 'choice') {
    const message = `${count} options are too many to be matched with what a caller says`;
    (item.required ? faults : warnings).push({ path: `${path}.answerOption`, message });
  } else if (count > mostReadOut) {
    const message = `${count} options are too many to read out`;
    warnings.push({ path: `${path}.answerOption`, message, remedy: 'It is asked openly' });
  }
}

function isMeantHidden(source: QuestionnaireItem): boolean {
  return extensionOf(source, standard.hidden)?.valueBoolean ?? false;
}

const mostReadOut = 7;
const mostOptions = 1_000;

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

function walk(items: readonly QuestionnaireItem[], prefix: string, ancestors: readonly string[]): Place[] {
  return items.flatMap((item, index) => {
    const path = `${prefix}${prefix === '' ? '' : '.'}item[${index}]`;
    return [{ item, path, ancestors }, ...walk(item.item ?? [], path, [...ancestors, item.linkId])];
  });
}

function flattenItems(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...flattenItems(item.items)]);
}
