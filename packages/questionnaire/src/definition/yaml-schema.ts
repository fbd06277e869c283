import { z } from 'zod';
import { redFlagLibrary } from '../red-flags/library/index.ts';

/** Types of the short form: FHIR's, and forms of string that are spoken in their own way. */
const types = [
  'group',
  'display',
  'boolean',
  'decimal',
  'integer',
  'date',
  'dateTime',
  'time',
  'string',
  'text',
  'choice',
  'open-choice',
  'quantity',
] as const;

const id = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,64}$/, 'letters, digits, dots and hyphens, 64 at most')
  .describe('Name of the item; the FHIR linkId.');

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const comparison = z
  .strictObject({
    item: z.string().describe('Id of the item whose answer decides.'),
    is: scalar
      .optional()
      .describe('Applies when the answer equals this (yes or no, an option, a number, a date).'),
    isNot: scalar.optional().describe('Applies when there is an answer and it is not this.'),
    above: scalar.optional(),
    atLeast: scalar.optional(),
    below: scalar.optional(),
    atMost: scalar.optional(),
    answered: z
      .boolean()
      .optional()
      .describe('true: applies when it has an answer; false: when it has none.'),
  })
  .refine((value) => Object.keys(value).length === 2, {
    message: 'needs `item` and exactly one of is, isNot, above, atLeast, below, atMost, answered',
  });

const when = z.union([
  comparison,
  z.strictObject({ all: z.array(comparison).min(1) }),
  z.strictObject({ any: z.array(comparison).min(1) }),
]);

const option = z.union([
  z.string().min(1),
  z.strictObject({
    code: z.string().min(1).optional().describe('What is stored; made from `say` when absent.'),
    say: z.string().min(1).describe('What is said, and shown.'),
    also: z.array(z.string().min(1)).optional().describe('Other ways callers say it.'),
    system: z.string().optional().describe('Code system, e.g. http://loinc.org.'),
    score: z.number().optional().describe('Ordinal value.'),
  }),
]);

const alarm = {
  use: z
    .enum([...redFlagLibrary.keys()])
    .optional()
    .describe(
      'A red flag of the library: its phrases, and its severity, action and script where none are given.',
    ),
  severity: z.enum(['emergency', 'urgent', 'concern']).optional(),
  action: z.enum(['create-case', 'hand-over', 'say']).optional().describe('create-case when absent.'),
  script: z.string().min(1).optional().describe('Said at once. Never advice or a disposition.'),
  phrases: z
    .array(z.string().min(1))
    .optional()
    .describe('Words in order; (a|b) for alternatives, … for up to three words between.'),
};

/** What the library does not give has to stand here. */
const isComplete = ({ use, severity, script }: { use?: string; severity?: string; script?: string }) =>
  use !== undefined || (severity !== undefined && script !== undefined);
const incomplete = { message: 'needs severity and script, unless it uses one of the library' };

const redFlag = z
  .strictObject({
    id: z.string().min(1).optional().describe('The name it has in the library when absent.'),
    ...alarm,
    when: when.optional(),
  })
  .refine(({ phrases, when, use }) => phrases?.length || when || use, {
    message: 'needs phrases or when, or a red flag of the library to use',
  })
  .refine(({ id, use }) => id ?? use, { message: 'needs an id' })
  .refine(isComplete, incomplete);

const itemRedFlag = z
  .strictObject({
    id: z.string().min(1).optional().describe("The item's id when absent."),
    ...alarm,
    is: scalar.default('yes').describe('The answer that fires it.'),
  })
  .refine(isComplete, incomplete);

const validate = z.strictObject({
  min: scalar.optional().describe('Least value; for dates also "today" or "today - 120 years".'),
  max: scalar.optional().describe('Greatest value.'),
  past: z.boolean().optional().describe('A date that is not after the day of the call.'),
  future: z.boolean().optional().describe('A date that is not before the day of the call.'),
  maxLength: z.int().positive().optional(),
  pattern: z.string().optional().describe('A regular expression for the whole answer.'),
  decimals: z.int().min(0).optional().describe('Digits after the decimal point, at most.'),
});

const item = z.strictObject({
  id,
  ask: z.string().min(1).optional().describe('The question as it is said. One question, short.'),
  text: z.string().min(1).optional().describe('The question as it is shown on a screen, when that differs.'),
  type: z.enum(types).optional().describe('text when absent; group when it has items of its own.'),
  form: z
    .enum(['free', 'name', 'phone', 'email', 'code', 'duration', 'address', 'partial-date'])
    .optional()
    .describe('What a string holds; partial-date: a date of which the year will do.'),
  options: z.array(option).min(1).optional(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  when: when.optional(),
  validate: validate.optional(),
  unit: z
    .string()
    .optional()
    .describe('The unit meant when the caller names none, in UCUM, e.g. [lb_av], wk.'),
  readBack: z.enum(['never', 'on-doubt', 'always']).optional(),
  sensitive: z.boolean().optional().describe('Kept out of displays that others can see.'),
  why: z.string().min(1).optional().describe('Said when the caller asks why.'),
  retry: z
    .array(z.string().min(1))
    .optional()
    .describe('Changed wordings for the second and later attempts.'),
  initial: scalar.optional(),
  redFlag: itemRedFlag.optional(),
  get items(): z.ZodOptional<z.ZodArray<typeof item>> {
    return z.array(item).min(1).optional();
  },
});

/** The YAML short form, as editors and `questionnaire check` hold it to. */
export const shortForm = z.strictObject({
  id,
  title: z.string().min(1),
  version: z.union([z.string().min(1), z.number()]).describe('Pinned per call. Quote it.'),
  url: z.url().describe('Canonical url of the questionnaire.'),
  attempts: z.int().min(1).max(10).optional().describe('Times a question is put; 3 when absent.'),
  items: z.array(item).min(1),
  redFlags: z.array(redFlag).optional(),
});

export type ShortForm = z.infer<typeof shortForm>;
export type ShortItem = z.infer<typeof item>;
export type ShortWhen = z.infer<typeof when>;
export type ShortComparison = z.infer<typeof comparison>;
export type ShortRedFlag = z.infer<typeof redFlag>;

/** JSON Schema (2020-12) of the short form, for editors. */
export function shortFormJsonSchema(): object {
  return {
    $id: 'https://vestibule.example/schema/questionnaire.schema.json',
    title: 'Vestibule questionnaire, short form',
    ...z.toJSONSchema(shortForm, { io: 'input' }),
  };
}
