import { z } from 'zod';
import { type patienceClasses, type ProfileExtension, voiceProfile } from '../../profile/table.ts';
import type { ExpectedForm, Item, ReadBackPolicy, SpokenForm } from '../../types.ts';
import { itemTypes } from '../fhir-schema.ts';
import { options, unit, validate } from './schema-options.ts';
import {
  caller,
  checks,
  codings,
  comparisons,
  expression,
  itemTranslations,
  told,
  value,
  variables,
  words,
} from './schema-parts.ts';
import { itemRedFlag } from './schema-red-flags.ts';

/** The codes that the voice profile has there. */
const codesOf = <T extends string>(key: keyof typeof voiceProfile) => {
  const { codes = {} }: ProfileExtension = voiceProfile[key];
  return z.enum(Object.keys(codes) as [T, ...T[]]);
};

const id = told(
  z
    .string()
    .regex(/^[A-Za-z0-9._/-]{1,64}$/, 'letters, digits, dots, hyphens, underscores and slashes, 64 at most'),
  'Name of the item; the FHIR linkId.',
  'birth-date',
);

const hints = z.strictObject({
  words: told(z.array(words).min(1).optional(), 'Words callers are likely to say.', [
    'metformin',
    'lisinopril',
  ]),
  expect: told(
    codesOf<ExpectedForm>('expect').optional(),
    'What kind of thing they say; by type when absent.',
    'digits',
  ),
});

export const item = z.strictObject({
  id,
  ask: told(words.optional(), 'The question as it is said. One question, short.', 'Do you have a fever?'),
  text: told(words.optional(), 'The question as it is shown on a screen, when that differs.', 'Fever?'),
  label: told(words.optional(), 'A number or letter before the question on a screen; not said.', '1a.'),
  askProxy: told(
    words.optional(),
    'The question as it is put to someone who speaks for the patient.',
    'Does the patient have a fever?',
  ),
  type: told(
    z.enum(itemTypes).optional(),
    'text when absent; choice with options; group when it has only items.',
    'boolean',
  ),
  form: told(
    codesOf<SpokenForm>('form').optional(),
    'What a string holds; partial-date: a date of which the year will do.',
    'phone',
  ),
  codes: told(codings.optional(), 'What the question is called in code systems.', [
    { system: 'http://loinc.org', code: '8310-5', display: 'Body temperature' },
  ]),
  options,
  required: told(
    z.boolean().optional(),
    'It is not passed over, and handed over when no answer is understood.',
    true,
  ),
  repeats: told(
    z
      .union([
        z.boolean(),
        z.strictObject({ min: z.int().min(0).optional(), max: z.int().positive().optional() }),
      ])
      .optional(),
    'Several answers (of a group: occurrences), and how many.',
    true,
    { min: 1, max: 5 },
  ),
  when: told(
    z.union([...comparisons, expression]).optional(),
    'Asked only when this holds.',
    { item: 'fever', is: true },
    {
      any: [
        { item: 'age', above: 64 },
        { item: 'smokes', is: true },
      ],
    },
    { expression: '%score > 9' },
  ),
  calculate: told(
    words.optional(),
    'FHIRPath that gives the value; callers are not asked.',
    '%resource.item.answer.value.sum()',
  ),
  variables,
  checks,
  validate: told(validate.optional(), 'What an answer has to satisfy.', { min: 0, max: 10 }),
  unit: told(unit.optional(), 'The unit meant when the caller names none, in UCUM.', '[lb_av]', {
    code: 'wk',
    say: 'weeks',
  }),
  units: told(
    z.union([z.array(unit).min(1), z.strictObject({ valueSet: words })]).optional(),
    'The only units there are.',
    ['kg', '[lb_av]'],
  ),
  entryFormat: told(
    words.optional(),
    'How the answer is given; said when the question is put again.',
    'in years',
  ),
  readBack: told(
    codesOf<ReadBackPolicy>('readBack').optional(),
    'By rule when absent: phone and e-mail always; dates, times, numbers and strings on doubt; others never.',
    'always',
  ),
  sensitive: told(z.boolean().optional(), 'Kept out of displays that others can see.', true),
  hidden: told(z.boolean().optional(), 'Not asked and not shown.', true),
  readOnly: told(z.boolean().optional(), 'Not asked; its initial or calculated value stands.', true),
  why: told(words.optional(), 'Said when the caller asks why.', 'So that we can reach you.'),
  retry: told(z.array(words).optional(), 'Changed wordings for the second and later attempts.', [
    'Yes or no?',
  ]),
  answeredBy: told(
    codesOf<Item['answeredBy']>('answeredBy').optional(),
    'Who may answer; any when absent.',
    'patient',
  ),
  caller: told(
    caller.optional(),
    'Of a yes or no question: who is on the line when the answer is yes.',
    'patient',
  ),
  identifier: told(z.boolean().optional(), 'Its answer tells who the patient is.', true),
  hints: told(hints.optional(), 'For the recogniser.', { words: ['metformin'] }),
  patience: told(
    z.union([codesOf<keyof typeof patienceClasses>('patience'), z.int().min(100).max(15_000)]).optional(),
    'How long a silence ends the turn: a class, or milliseconds. By kind of answer when absent.',
    'long',
    3500,
  ),
  keypad: told(
    codesOf<NonNullable<Item['keypad']>>('keypad').optional(),
    'When keys are offered: with the question (first), or never; from the second attempt on when absent.',
    'first',
  ),
  initial: told(
    z.union([value, z.array(value).min(1), expression]).optional(),
    'The answer from the start: a value, several, or FHIRPath.',
    true,
    { expression: '%patient.birthDate' },
  ),
  redFlag: told(itemRedFlag.optional(), 'Fires on an answer, or on phrases in anything the caller says.', {
    use: 'chest-pain',
    is: true,
  }),
  module: told(
    words.optional(),
    'Url of a questionnaire whose items stand here.',
    'http://example.org/Questionnaire/phq-2',
  ),
  prefix: told(words.optional(), 'Goes before every id of the module.', 'first-'),
  translations: itemTranslations,
  get items(): z.ZodOptional<z.ZodArray<typeof item>> {
    return z.array(item).min(1).optional();
  },
});

export type ShortItem = z.infer<typeof item>;
