import type { Element, Expression, Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import { expressionProblem } from '../expressions/evaluate.ts';
import { mentionsOf } from '../expressions/mentions.ts';
import type { Constraint, ItemLogic, Logic, NamedExpression, OptionToggle } from '../expressions/types.ts';
import { extensionOf, extensionsOf, logical, standard, textsOf } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { boundExpression, isFromToday, readAnswer } from './read-values.ts';

/** What reading one item needs to know of what stands around it. */
export interface ReadScope extends Findings {
  /** Links of the questionnaire's items. */
  links: ReadonlySet<string>;
  /** Variables that are known here, with the links on which each hangs. */
  variables: ReadonlyMap<string, readonly string[]>;
  /** The group around is hidden, or read-only: so is all within. */
  hidden?: boolean;
  readOnly?: boolean;
}

const launchNames = ['patient', 'encounter', 'location', 'user', 'study', 'clinical', 'practitioner'];
/** Names that FHIRPath or SDC define. */
const standardNames = [
  'resource',
  'rootResource',
  'context',
  'questionnaire',
  'qitem',
  'ucum',
  'sct',
  'loinc',
];

/** The logic of the whole questionnaire (undefined when it has no FHIRPath at all), and the scope of its items. */
export function readLogic(
  questionnaire: Questionnaire,
  findings: Findings,
): { logic: Logic | undefined; scope: ReadScope } {
  const links = new Set(linksOf(questionnaire.item ?? []));
  const declared = logical.launch.flatMap((url) => extensionsOf(questionnaire, url)).flatMap(launchName);
  const launch = [...new Set([...launchNames, ...declared])];
  const names = new Map<string, readonly string[]>(launch.map((name) => [name, []]));
  const outer: ReadScope = { ...findings, links, variables: names };
  const { variables, scope } = readVariables(questionnaire, '', outer);
  const constraints = readConstraints(questionnaire, '', scope);
  const hasLogic =
    variables.length + constraints.length > 0 || (questionnaire.item ?? []).some(hasExpressions);
  return { logic: hasLogic ? { questionnaire, variables, constraints, launch } : undefined, scope };
}

/** The logic of one item, and the scope of the items within. */
export function itemLogic(
  source: QuestionnaireItem,
  path: string,
  outer: ReadScope,
): { logic: ItemLogic | undefined; scope: ReadScope } {
  const { variables, scope } = readVariables(source, path, outer);
  const own = (urls: readonly string[]) => expressionOf(source, path, urls, scope);
  const enableWhen = own(logical.enableWhen);
  const calculated = own(logical.calculated);
  const deciding = [enableWhen, calculated].filter((one) => one !== undefined);
  const logic: ItemLogic = {
    variables,
    ...present('enableWhen', enableWhen),
    ...present('calculated', calculated),
    ...present('initial', own(logical.initial)),
    ...present('answers', own(logical.answers)),
    ...present('minimum', bound(source, standard.minValue, path, scope)),
    ...present('maximum', bound(source, standard.maxValue, path, scope)),
    constraints: readConstraints(source, path, scope),
    toggles: readToggles(source, path, scope),
    hangsOn: [...new Set(deciding.flatMap((expression) => hangsOn(expression, scope)))],
  };
  const { hangsOn: _links, ...rest } = logic;
  const isEmpty = Object.values(rest).every((part: unknown) => Array.isArray(part) && part.length === 0);
  return { logic: isEmpty ? undefined : logic, scope };
}

function present<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, string>);
}

function readVariables(
  element: Element,
  path: string,
  outer: ReadScope,
): { variables: NamedExpression[]; scope: ReadScope } {
  const names = new Map(outer.variables);
  const scope: ReadScope = { ...outer, variables: names };
  const variables: NamedExpression[] = [];
  const sources = extensionsAt(element, path, logical.variable);
  const later = new Set(sources.map(({ extension }) => extension.valueExpression?.name ?? ''));
  for (const { extension, place } of sources) {
    const { name, language, expression } = extension.valueExpression ?? {};
    if (name === undefined || expression === undefined) {
      scope.faults.push({ path: place, message: 'a variable needs a name and an expression' });
      continue;
    }
    if (language !== 'text/fhirpath') {
      scope.warnings.push({
        path: place,
        message: `variable ${name}: ${language} is not evaluated; it is empty`,
      });
      names.set(name, []);
      continue;
    }
    later.delete(name);
    const { variables: used } = mentionsOf(expression, () => false);
    const circle = used.find((one) => one === name || later.has(one));
    if (circle !== undefined && !(circle === name && outer.variables.has(name))) {
      const message =
        circle === name
          ? `a circle: %${name} → %${name}`
          : `%${name} uses %${circle}, which is declared after it`;
      scope.faults.push({ path: place, message });
    } else checked(expression, place, scope);
    names.set(name, hangsOn(expression, scope));
    variables.push({ name, expression });
  }
  return { variables, scope };
}

/** The links on whose answers the value of an expression hangs. */
function hangsOn(expression: string, scope: ReadScope): string[] {
  const { links, variables } = mentionsOf(expression, (text) => scope.links.has(text));
  return [...new Set([...links, ...variables.flatMap((name) => scope.variables.get(name) ?? [])])];
}

function expressionOf(
  element: Element,
  path: string,
  urls: readonly string[],
  scope: ReadScope,
): string | undefined {
  const [found] = extensionsAt(element, path, urls);
  if (!found) return undefined;
  return usable(found.extension.valueExpression, found.place, urls, scope);
}

function usable(
  given: Partial<Expression> | undefined,
  place: string,
  urls: readonly string[],
  scope: ReadScope,
): string | undefined {
  const { language, expression } = given ?? {};
  // What pre-populates a form on a screen may come from queries that a call does not make.
  if (expression !== undefined && language === 'text/fhirpath')
    return checked(expression, place, scope, urls === logical.initial);
  const message =
    expression === undefined
      ? 'an expression is missing'
      : `${String(language)} is not evaluated, only FHIRPath`;
  // Without it the wrong questions would be asked.
  const finding = { path: place, message };
  if (urls === logical.enableWhen || expression === undefined) scope.faults.push(finding);
  else scope.warnings.push(finding);
  return undefined;
}

function checked(
  expression: string,
  place: string,
  scope: ReadScope,
  isOptional = false,
): string | undefined {
  const problem = expressionProblem(expression);
  const unknown = problem === undefined ? unknownName(expression, scope) : undefined;
  if (problem === undefined && unknown === undefined) return expression;
  const finding = { path: place, message: `FHIRPath: ${problem ?? `nothing declares %${unknown}`}` };
  if (problem === undefined && isOptional) scope.warnings.push({ ...finding, remedy: 'It is asked for' });
  else scope.faults.push({ ...finding, ...spelling(unknown, scope) });
  return undefined;
}

/** Names are told apart by their capitals. */
function spelling(unknown: string | undefined, { variables }: ReadScope): { remedy?: string } {
  const like = (name: string) => name.toLowerCase() === unknown?.toLowerCase();
  const known = [...standardNames, ...variables.keys()].find(like);
  return known === undefined ? {} : { remedy: `Write %${known}` };
}

/** A variable that nothing declares. */
function unknownName(expression: string, { variables }: ReadScope): string | undefined {
  return mentionsOf(expression, () => false).variables.find(
    (name) => !standardNames.includes(name) && !variables.has(name) && !/^(?:vs|ext)-/.test(name),
  );
}

function bound(source: QuestionnaireItem, url: string, path: string, scope: ReadScope): string | undefined {
  const [found] = extensionsAt(source, path, [url]);
  const expression = boundExpression(found?.extension);
  if (!found || expression === undefined || isFromToday(expression)) return undefined;
  return checked(expression, found.place, scope);
}

function readConstraints(element: Element, path: string, scope: ReadScope): Constraint[] {
  return extensionsAt(element, path, logical.constraint).flatMap(({ extension, place }) => {
    const part = extensionOf(extension, 'expression');
    const expression =
      part?.valueString === undefined
        ? usable(part?.valueExpression, place, logical.constraint, scope)
        : checked(part.valueString, place, scope);
    if (expression === undefined) return [];
    const human = textsOf(extension, 'human')[0] ?? 'That does not go with the other answers.';
    const severity = textsOf(extension, 'severity')[0] === 'warning' ? 'warning' : 'error';
    const key = textsOf(extension, 'key')[0] ?? extensionOf(extension, 'key')?.valueId ?? place;
    return [{ key, severity, human, expression, links: hangsOn(expression, scope) }];
  });
}

function readToggles(source: QuestionnaireItem, path: string, scope: ReadScope): OptionToggle[] {
  return extensionsAt(source, path, logical.toggle).flatMap(({ extension, place }) => {
    const part = extensionOf(extension, 'expression')?.valueExpression;
    const expression = usable(part, place, logical.toggle, scope);
    const options = extensionsOf(extension, 'option').flatMap((one) => readAnswer(one, 'value') ?? []);
    return expression === undefined ? [] : [{ options, expression }];
  });
}

function extensionsAt(
  element: Element,
  path: string,
  urls: readonly string[],
): { extension: Extension; place: string }[] {
  const at = path === '' ? 'extension' : `${path}.extension`;
  return (element.extension ?? []).flatMap((extension, index) =>
    urls.includes(extension.url) ? [{ extension, place: `${at}[${index}]` }] : [],
  );
}

function launchName(extension: Extension): string[] {
  const part = extensionOf(extension, 'name');
  return [part?.valueCoding?.code ?? part?.valueId ?? part?.valueCode ?? part?.valueString ?? []].flat();
}

function linksOf(items: readonly QuestionnaireItem[]): string[] {
  return items.flatMap((item) => [item.linkId, ...linksOf(item.item ?? [])]);
}

const expressionUrls = new Set<string>(Object.values(logical).flat());

function hasExpressions(item: QuestionnaireItem): boolean {
  const bounds = [standard.minValue, standard.maxValue].map((url) => boundExpression(extensionOf(item, url)));
  return (
    (item.extension ?? []).some(({ url }) => expressionUrls.has(url)) ||
    bounds.some((expression) => expression !== undefined && !isFromToday(expression)) ||
    (item.item ?? []).some(hasExpressions)
  );
}
