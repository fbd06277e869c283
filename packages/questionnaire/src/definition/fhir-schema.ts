import { z } from 'zod';

/** FHIR's types of item that a questionnaire may have: R5's and the abstract `question` are none. */
export const itemTypes = [
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
  'url',
  'choice',
  'open-choice',
  'quantity',
  'attachment',
  'reference',
] as const;

/**
 * The parts of a FHIR R4 Questionnaire that the engine reads. Loose: what it does not read passes through and is
 * looked at by `unsupported.ts`, so that nothing is dropped unseen.
 */
const coding = z.looseObject({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
});

const quantity = z.looseObject({
  value: z.number().optional(),
  unit: z.string().optional(),
  system: z.string().optional(),
  code: z.string().optional(),
});

const extension = z.looseObject({ url: z.string() });
const extended = { extension: z.array(extension).optional() };

const enableWhen = z
  .looseObject({
    question: z.string(),
    operator: z.enum(['exists', '=', '!=', '>', '<', '>=', '<=']),
    answerBoolean: z.boolean().optional(),
    answerDecimal: z.number().optional(),
    answerInteger: z.int().optional(),
    answerDate: z.string().optional(),
    answerDateTime: z.string().optional(),
    answerTime: z.string().optional(),
    answerString: z.string().optional(),
    answerCoding: coding.optional(),
    answerQuantity: quantity.optional(),
  })
  .refine((value) => value.operator !== 'exists' || value.answerBoolean !== undefined, {
    message: 'operator exists needs answerBoolean (R4 que-7)',
  })
  .refine((value) => Object.keys(value).some((key) => /^_?answer[A-Z]/.test(key)), {
    message: 'without an answer to compare with',
  });

const answerOption = z.looseObject({
  ...extended,
  valueInteger: z.int().optional(),
  valueDate: z.string().optional(),
  valueTime: z.string().optional(),
  valueString: z.string().optional(),
  valueCoding: coding.optional(),
  initialSelected: z.boolean().optional(),
});

const item = z.looseObject({
  ...extended,
  linkId: z.string().min(1),
  text: z.string().optional(),
  prefix: z.string().optional(),
  type: z.enum([...itemTypes, 'question']),
  enableWhen: z.array(enableWhen).optional(),
  enableBehavior: z.enum(['all', 'any']).optional(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  maxLength: z.int().optional(),
  answerValueSet: z.string().optional(),
  answerOption: z.array(answerOption).optional(),
  initial: z.array(z.looseObject({})).optional(),
  get item(): z.ZodOptional<z.ZodArray<z.ZodType>> {
    return z.array(item).optional();
  },
});

export const fhirQuestionnaire = z.looseObject({
  ...extended,
  resourceType: z.literal('Questionnaire'),
  id: z.string().optional(),
  url: z.string().optional(),
  version: z.string().optional(),
  title: z.string().optional(),
  name: z.string().optional(),
  item: z.array(item).min(1),
});
