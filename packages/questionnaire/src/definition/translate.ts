import type { Questionnaire } from 'fhir/r4.d.ts';
import { extensionOf, extensionsOf, textsOf, translation } from './extensions.ts';

/**
 * The questionnaire with every text that has a translation into that language in its place. `es` also takes `es-MX`
 * where there is nothing nearer, and the other way round.
 */
export function translated(questionnaire: Questionnaire, language: string | undefined): Questionnaire {
  if (language === undefined) return questionnaire;
  return translate(questionnaire, language.toLowerCase()) as Questionnaire;
}

function translate(part: unknown, language: string): unknown {
  if (Array.isArray(part)) return part.map((one) => translate(one, language));
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([name, value]) => {
    const beside = (part as Record<string, unknown>)[`_${name}`];
    const instead = typeof value === 'string' ? textIn(beside, language) : undefined;
    return [name, instead ?? translate(value, language)];
  });
  return Object.fromEntries(entries);
}

function textIn(element: unknown, language: string): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  const found = extensionsOf(element, translation).map((extension) => ({
    language: (extensionOf(extension, 'lang')?.valueCode ?? '').toLowerCase(),
    text: textsOf(extension, 'content')[0],
  }));
  const main = (code: string) => code.split('-')[0];
  const exact = found.find((one) => one.language === language);
  return (exact ?? found.find((one) => main(one.language) === main(language)))?.text;
}
