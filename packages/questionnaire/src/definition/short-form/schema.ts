import { z } from 'zod';
import { item } from './schema-item.ts';
import { checks, codings, type comparisons, told, translations, variables, words } from './schema-parts.ts';
import { redFlag } from './schema-red-flags.ts';

/** Resources of SDC's launch context, with their types. */
export const launchTypes = {
  patient: 'Patient',
  encounter: 'Encounter',
  location: 'Location',
  user: 'Practitioner',
  study: 'ResearchStudy',
} as const;

/** The YAML short form, as editors and `questionnaire check` hold it to. */
export const shortForm = z.strictObject({
  id: told(
    z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, 'letters, digits, dots and hyphens, 64 at most'),
    'Name of the questionnaire.',
    'new-patient',
  ),
  title: told(words, 'What people call it.', 'New patient intake'),
  version: told(z.union([words, z.number()]), 'Pinned per call. Quote it.', '1.0.0'),
  url: told(
    z.url(),
    'Canonical url of the questionnaire.',
    'https://clinic.example/fhir/Questionnaire/new-patient',
  ),
  description: told(words.optional(), 'What it is for; not said.', 'For callers who are new here.'),
  copyright: told(words.optional(), 'Whose it is.', 'Public domain.'),
  codes: told(codings.optional(), 'What it is called in code systems.', [
    { system: 'http://loinc.org', code: '44249-1' },
  ]),
  attempts: told(z.int().min(1).max(10).optional(), 'Times a question is put; 3 when absent.', 3),
  identify: told(
    z.int().min(1).max(5).optional(),
    'Identifiers that have to be confirmed, and match, before anything looked up is used.',
    2,
  ),
  launchContext: told(
    z
      .array(z.enum(Object.keys(launchTypes) as [keyof typeof launchTypes]))
      .min(1)
      .optional(),
    'What is looked up for the call; `%patient` in expressions.',
    ['patient'],
  ),
  variables,
  checks,
  translations,
  items: told(z.array(item).min(1), 'The questions, in order.'),
  redFlags: told(z.array(redFlag).optional(), 'Fire on what the caller says, or on answers.', [
    { use: 'chest-pain' },
  ]),
});

export type ShortForm = z.infer<typeof shortForm>;
export type ShortWhen = z.infer<(typeof comparisons)[number]>;

/** Every key that the short form has somewhere, for those who mistype one. */
export const shortFormKeys: readonly string[] = keysIn(shortFormJsonSchema());

function keysIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { properties = {} } = part as { properties?: object };
  return [...new Set([...Object.keys(properties), ...Object.values(part).flatMap(keysIn)])];
}

/** JSON Schema (2020-12) of the short form, for editors. */
export function shortFormJsonSchema(): object {
  return {
    $id: 'https://vestibule.example/schema/questionnaire.schema.json',
    title: 'Vestibule questionnaire, short form',
    ...z.toJSONSchema(shortForm, { io: 'input' }),
  };
}
