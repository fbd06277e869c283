import { z } from 'zod';
import { caller, expression, scalar, told, translations, words } from './schema-parts.ts';

const fullOption = z
  .strictObject({
    code: told(words.optional(), 'What is stored; made from `say` when absent.', 'morning'),
    say: told(words.optional(), 'What is said, and shown.', 'in the morning'),
    value: told(
      z.union([words, z.int()]).optional(),
      'Stored as it is, instead of a code: a text, a whole number; a date or time of an item of that type.',
      3,
    ),
    reference: told(z.string().min(1).optional(), 'A FHIR resource that `say` names.', 'Practitioner/12'),
    also: told(z.array(words).optional(), 'Other ways callers say it.', ['before noon', 'early']),
    key: told(
      z
        .string()
        .regex(/^(?:\d{1,4}|\*)$/, 'one to four digits, or *')
        .optional(),
      'The key that chooses it on the keypad; its place in the list when no option has one.',
      '9',
    ),
    system: told(z.string().optional(), 'Code system.', 'http://loinc.org'),
    score: told(z.number().optional(), 'Ordinal value, for scores.', 2),
    exclusive: told(z.boolean().optional(), 'Chosen alone or not at all ("none of these").', true),
    selected: told(z.boolean().optional(), 'It is the answer from the start.', true),
    caller: told(caller.optional(), 'Who is on the line when it is chosen.', 'proxy'),
    when: told(expression.optional(), 'Offered only while this is true.'),
    translations,
  })
  .refine((option) => (option.say === undefined) !== (option.value === undefined), {
    message: 'needs `say`, or `value` instead',
  })
  .refine((option) => option.value === undefined || (option.code ?? option.reference) === undefined, {
    message: 'has a `value`, so neither `code` nor `reference`',
  });

const option = z.union([words, z.int(), fullOption]);

export const options = told(
  z
    .union([
      z.array(option).min(1),
      z.strictObject({
        valueSet: told(
          words,
          'Url of a value set in the terminology folder.',
          'http://hl7.org/fhir/ValueSet/yesnodontknow',
        ),
      }),
      expression,
    ])
    .optional(),
  'What there is to choose: listed, from a value set, or worked out.',
  ['morning', 'afternoon'],
  { valueSet: 'http://example.org/ValueSet/languages' },
);

export const unit = z.union([
  words,
  z.strictObject({ code: words.optional(), say: words.optional(), system: z.string().optional() }),
]);

const bound = z.union([scalar, expression]);

export const validate = z
  .strictObject({
    min: told(
      bound.optional(),
      'Least value; for dates also "today" or "today - 120 years".',
      0,
      'today - 2 weeks',
    ),
    max: told(bound.optional(), 'Greatest value.', 10, { expression: '%limit' }),
    past: told(z.boolean().optional(), 'A date that is not after the day of the call.', true),
    future: told(z.boolean().optional(), 'A date that is not before the day of the call.', true),
    maxLength: told(z.int().positive().optional(), 'Characters, at most.', 120),
    pattern: told(z.string().optional(), 'A regular expression for the whole answer.', '[A-Z]{2}\\d{6}'),
    decimals: told(z.int().min(0).optional(), 'Digits after the decimal point, at most.', 1),
  })
  .refine(({ min, future }) => !future || min === undefined, {
    message: 'has `future`, which is a `min` already',
  })
  .refine(({ max, past }) => !past || max === undefined, { message: 'has `past`, which is a `max` already' });

export type ShortOption = z.infer<typeof option>;
export type FullOption = z.infer<typeof fullOption>;
export type ShortUnit = z.infer<typeof unit>;
