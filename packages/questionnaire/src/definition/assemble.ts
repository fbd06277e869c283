import type { Extension, FhirResource, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import { extensionOf, extensionsOf, logical, subQuestionnaire } from './extensions.ts';
import type { Findings } from './from-fhir.ts';
import { resourcesIn } from './resources.ts';

interface Assembly {
  /** Where each item stood in the source; of a module's, where the module is named. */
  sources: Map<QuestionnaireItem, { at: string; isModule: boolean }>;
  modules: ReadonlyMap<string, Questionnaire>;
  findings: Findings;
  contained: FhirResource[];
  extensions: Extension[];
}

/**
 * SDC's modular questionnaires: each item that names another questionnaire gives way to that one's items. `origin` tells
 * where a part of the whole stood in the source.
 */
export function assembled(
  questionnaire: Questionnaire,
  resources: readonly FhirResource[],
  findings: Findings,
): { whole: Questionnaire; origin: (path: string) => string } {
  const modules = new Map<string, Questionnaire>();
  for (const resource of resources) {
    if (resource.resourceType !== 'Questionnaire' || resource.url === undefined) continue;
    modules.set(resource.url, resource);
    modules.set(`${resource.url}|${resource.version ?? ''}`, resource);
  }
  const assembly: Assembly = { sources: new Map(), modules, findings, contained: [], extensions: [] };
  const trail = [questionnaire.url ?? ''];
  const item = assembleItems(questionnaire.item ?? [], '', trail, assembly);
  const { contained, extensions } = assembly;
  const whole = {
    ...questionnaire,
    ...(contained.length > 0 ? { contained: [...(questionnaire.contained ?? []), ...contained] } : {}),
    ...(extensions.length > 0 ? { extension: [...(questionnaire.extension ?? []), ...extensions] } : {}),
    item,
  };
  return { whole, origin: (path) => originOf(item, path, assembly) };
}

function assembleItems(
  items: readonly QuestionnaireItem[],
  path: string,
  trail: readonly string[],
  assembly: Assembly,
): QuestionnaireItem[] {
  return items.flatMap((item, index) => {
    const at = `${path}${path === '' ? '' : '.'}item[${index}]`;
    const reference = extensionOf(item, subQuestionnaire);
    const noted = (one: QuestionnaireItem, isModule: boolean) => {
      const copy = { ...one };
      assembly.sources.set(copy, { at, isModule });
      return copy;
    };
    if (reference) return moduleItems(item, reference, at, trail, assembly).map((one) => noted(one, true));
    const inner = item.item ? { item: assembleItems(item.item, at, trail, assembly) } : {};
    return [noted({ ...item, ...inner }, false)];
  });
}

/** Items of a module shift those after them: the place in the source of what stands at a path of the whole. */
function originOf(
  items: readonly QuestionnaireItem[],
  path: string,
  { sources }: Pick<Assembly, 'sources'>,
): string {
  const [, index, rest = ''] = /^item\[(\d+)\](.*)$/.exec(path) ?? [];
  const item = index === undefined ? undefined : items[Number(index)];
  const source = item && sources.get(item);
  if (!source) return path;
  if (source.isModule) return source.at;
  const inner = rest.slice(1);
  if (!inner.startsWith('item[')) return `${source.at}${rest}`;
  const found = originOf(item.item ?? [], inner, { sources });
  return found === inner ? `${source.at}${rest}` : found;
}

function moduleItems(
  item: QuestionnaireItem,
  { valueCanonical = '' }: Extension,
  path: string,
  trail: readonly string[],
  assembly: Assembly,
): QuestionnaireItem[] {
  const module = assembly.modules.get(valueCanonical) ?? assembly.modules.get(valueCanonical.split('|')[0]!);
  const url = module?.url ?? '';
  const message = !module
    ? `the module ${valueCanonical} is not at hand`
    : trail.includes(url)
      ? `a circle of modules: ${[...trail, url].join(' → ')}`
      : undefined;
  if (message !== undefined || !module) {
    assembly.findings.faults.push({ path, message: message ?? '' });
    return [];
  }
  const items = assembleItems(module.item ?? [], path, [...trail, url], assembly);
  const known = (extension: Extension) =>
    assembly.extensions.some((one) => JSON.stringify(one) === JSON.stringify(extension));
  const shared = (module.extension ?? []).filter(({ url: of }) => carried.has(of));
  assembly.extensions.push(...shared.filter((extension) => !known(extension)));
  assembly.contained.push(...resourcesIn(module.contained ?? []));
  return withPrefix(items, prefixOf(item));
}

/** What a module says of itself as a whole, and its expressions need. */
const carried = new Set<string>([...logical.variable, ...logical.launch, ...logical.constraint]);

/** SDC: a variable `linkIdPrefix` on the item that names the module goes before every link of it. */
function prefixOf(item: QuestionnaireItem): string {
  const expression = logical.variable
    .flatMap((url) => extensionsOf(item, url))
    .find(({ valueExpression }) => valueExpression?.name === 'linkIdPrefix')?.valueExpression?.expression;
  return /^\s*'([^']*)'\s*$/.exec(expression ?? '')?.[1] ?? '';
}

function withPrefix(items: QuestionnaireItem[], prefix: string): QuestionnaireItem[] {
  if (prefix === '') return items;
  const links = new Set(linksOf(items));
  const renamed = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if ((key === 'linkId' || key === 'question') && links.has(value)) return `${prefix}${value}`;
    if (key !== 'expression') return value;
    return value.replace(/'([^']*)'/g, (text, link: string) =>
      links.has(link) ? `'${prefix}${link}'` : text,
    );
  };
  return JSON.parse(JSON.stringify(items, renamed)) as QuestionnaireItem[];
}

function linksOf(items: readonly QuestionnaireItem[]): string[] {
  return items.flatMap((item) => [item.linkId, ...linksOf(item.item ?? [])]);
}
