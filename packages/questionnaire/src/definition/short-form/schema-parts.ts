import { z } from 'zod';

/** A part of the short form, with what an editor shows of it. */
export function told<T extends z.ZodType>(schema: T, description: string, ...examples: unknown[]): T {
  return schema.meta({ description, ...(examples.length > 0 ? { examples } : {}) });
}

export const words = z.string().min(1);
export const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const expression = z.strictObject({
  expression: told(
    words,
    'FHIRPath, evaluated after every answer.',
    "item.where(linkId='age').answer.value > 64",
  ),
});

const coded = z.strictObject({
  code: words,
  system: z.string().optional(),
  display: z.string().optional(),
});

export const codings = z.array(coded);

/** What an answer is compared with, or set to: a plain value, or a code of a list that does not stand here. */
export const value = z.union([scalar, coded]);

const comparison = z
  .strictObject({
    item: told(z.string(), 'Id of the item whose answer decides.', 'fever'),
    is: told(
      value.optional(),
      'Applies when the answer equals this: yes or no, an option, a number, a date.',
      true,
      'morning',
    ),
    isNot: told(value.optional(), 'Applies when there is an answer and it is not this.', 'morning'),
    above: told(scalar.optional(), 'Applies when the answer is greater.', 100.4),
    atLeast: told(scalar.optional(), 'Applies when the answer is this or greater.', 18),
    below: told(scalar.optional(), 'Applies when the answer is less.', 18),
    atMost: told(scalar.optional(), 'Applies when the answer is this or less.', 17),
    answered: told(
      z.boolean().optional(),
      'true: applies when it has an answer; false: when it has none.',
      true,
    ),
  })
  .refine((given) => Object.keys(given).length === 2, {
    message: 'needs `item` and exactly one of is, isNot, above, atLeast, below, atMost, answered',
  });

export const comparisons = [
  comparison,
  z.strictObject({ all: told(z.array(comparison).min(1), 'Every one of these has to hold.') }),
  z.strictObject({ any: told(z.array(comparison).min(1), 'One of these has to hold.') }),
] as const;

const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language code, such as es or es-MX');

/** One text in other languages. */
export const translations = told(z.record(language, words).optional(), 'The same in other languages.', {
  es: 'La mañana',
});

/** Every text of an item in other languages; a plain text is that of the question. */
export const itemTranslations = told(
  z
    .record(
      language,
      z.union([
        words,
        z.strictObject({
          ask: words.optional(),
          text: words.optional(),
          askProxy: words.optional(),
          why: words.optional(),
          retry: z.array(words).min(1).optional(),
          entryFormat: words.optional(),
        }),
      ]),
    )
    .optional(),
  'The question in other languages, or each of its texts.',
  { es: '¿Tiene fiebre?' },
  { es: { ask: '¿Tiene fiebre?', why: 'La enfermera quiere saberlo.' } },
);

/** The texts of a red flag in other languages; a plain text is that of the script. */
export const redFlagTranslations = told(
  z
    .record(
      language,
      z.union([words, z.strictObject({ script: words.optional(), confirm: words.optional() })]),
    )
    .optional(),
  'The script in other languages, or script and question.',
  { es: 'Se lo digo a una enfermera.' },
  { es: { script: 'Se lo digo a una enfermera.', confirm: '¿Le duele el pecho ahora?' } },
);

export const variables = told(
  z.record(z.string().regex(/^[A-Za-z_]\w*$/, 'a name: letters, digits, underscores'), words).optional(),
  'FHIRPath by name; `%name` in expressions here and below.',
  { score: "%resource.item.where(linkId='pain').answer.value" },
);

const check = z.strictObject({
  must: told(words, 'FHIRPath that must not be false.', 'answer.value < 200'),
  say: told(words, 'Said when it is broken.', 'That cannot be right.'),
  level: told(
    z.enum(['error', 'warning']).optional(),
    'error (when absent): the answer is asked for again; warning: it is noted.',
    'warning',
  ),
  id: told(z.string().min(1).optional(), "Its name in the record; made of the item's id when absent."),
  translations,
});

export const checks = told(z.array(check).min(1).optional(), 'What answers have to satisfy together.', [
  { must: 'answer.value < 200', say: 'That cannot be right.' },
]);

export const caller = z.enum(['patient', 'proxy']);

export type ShortComparison = z.infer<typeof comparison>;
export type ShortValue = z.infer<typeof value>;
export type ShortCheck = z.infer<typeof check>;
