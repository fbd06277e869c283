import type { Element, Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4.d.ts';
import { type ProfileExtension, type ProfilePart, structureUrl, voiceProfile } from '../profile/table.ts';
import { extensionsOf, placeOf, textsOf, voice } from './extensions.ts';
import type { Findings } from './from-fhir.ts';

const profile = new Map<string, ProfileExtension>(
  Object.values(voiceProfile).map((extension) => [structureUrl(extension.name), extension]),
);

/** What of the voice profile is used in a way that it does not have: at another place, with another type or code. */
export function checkProfile(questionnaire: Questionnaire, findings: Findings): void {
  checkElement(questionnaire, 'Questionnaire', '', findings);
  const items = questionnaire.item ?? [];
  items.forEach((item, index) => checkItem(item, `item[${index}]`, findings));
  const wanted = extensionsOf(questionnaire, voice.identify)[0]?.valueInteger;
  const identifiers = flatten(items).filter((item) => extensionsOf(item, voice.identifier)[0]?.valueBoolean);
  if (wanted !== undefined && (wanted < 1 || wanted > identifiers.length)) {
    findings.faults.push({
      path: placeOf(questionnaire, '', voice.identify),
      message: `it wants ${wanted} identifiers confirmed, and has ${identifiers.length}`,
      remedy: 'Mark the items that tell who the patient is (name, date of birth …) as identifiers',
    });
  }
}

function checkItem(item: QuestionnaireItem, path: string, findings: Findings): void {
  checkElement(item, 'Questionnaire.item', path, findings);
  item.answerOption?.forEach((option, index) =>
    checkElement(option, 'Questionnaire.item.answerOption', `${path}.answerOption[${index}]`, findings),
  );
  checkKeys(item, path, findings);
  if (item.type !== 'boolean' && textsOf(item, voice.caller).length > 0) {
    findings.faults.push({
      path: placeOf(item, path, voice.caller),
      message: 'only a boolean says who is on the line',
      remedy: 'Of a choice, mark the options',
    });
  }
  item.item?.forEach((child, index) => checkItem(child, `${path}.item[${index}]`, findings));
}

/** Keys are those of a keypad, each for one option; `#` ends an entry. */
function checkKeys({ answerOption = [] }: QuestionnaireItem, path: string, { faults }: Findings): void {
  const seen = new Set<string>();
  answerOption.forEach((option, index) => {
    const key = textsOf(option, voice.key)[0];
    if (key === undefined) return;
    const place = `${path}.answerOption[${index}]`;
    if (!/^(?:\d{1,4}|\*)$/.test(key))
      faults.push({ path: place, message: `"${key}" is no key`, remedy: 'Give up to four digits, or *' });
    if (seen.has(key)) faults.push({ path: place, message: `the key ${key} is another option's too` });
    seen.add(key);
  });
}

function checkElement(element: Element, kind: string, path: string, { faults }: Findings): void {
  const at = path === '' ? 'extension' : `${path}.extension`;
  const counts = new Map<string, number>();
  element.extension?.forEach((extension, index) => {
    const known = profile.get(extension.url);
    if (!known) return;
    const place = `${at}[${index}]`;
    counts.set(extension.url, (counts.get(extension.url) ?? 0) + 1);
    const tooMany = known.max === '1' && counts.get(extension.url)! > 1;
    const problem = !known.on.includes(kind)
      ? `it belongs to ${known.on.join(' or ')}`
      : tooMany
        ? 'it is there twice'
        : partProblem(extension, known);
    if (problem !== undefined) faults.push({ path: place, message: `${known.name}: ${problem}` });
  });
}

function partProblem(
  extension: Extension,
  { value, codes, parts }: Omit<ProfilePart, 'min'>,
): string | undefined {
  const names = Object.keys(extension).filter((name) => name.startsWith('value'));
  if (parts) return partsProblem(extension, parts);
  const [name] = names;
  if (name === undefined || names.length > 1) return 'it needs one value';
  const isText = /^value(?:String|Markdown|Code)$/.test(name);
  const fits = value.some(
    (type) =>
      name === `value${type.charAt(0).toUpperCase()}${type.slice(1)}` ||
      (isText && (type === 'string' || type === 'code')),
  );
  if (!fits) return `its value is not ${value.join(' or ')}`;
  const given = (extension as unknown as Record<string, unknown>)[name];
  if (!codes || !isText || Object.hasOwn(codes, String(given))) return undefined;
  return `"${String(given)}" is none of ${Object.keys(codes).join(', ')}`;
}

function partsProblem(extension: Extension, parts: readonly ProfilePart[]): string | undefined {
  const unknown = extension.extension?.find(({ url }) => !parts.some(({ name }) => name === url));
  if (unknown) return `"${unknown.url}" is no part of it`;
  for (const part of parts) {
    const given = extensionsOf(extension, part.name);
    if (given.length < part.min) return `${part.name} is missing`;
    if (part.max === '1' && given.length > 1) return `${part.name} is there twice`;
    const problem = given.map((one) => partProblem(one, part)).find((one) => one !== undefined);
    if (problem !== undefined) return `${part.name}: ${problem}`;
  }
  return undefined;
}

function flatten(items: readonly QuestionnaireItem[]): QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...flatten(item.item ?? [])]);
}
