import { z } from 'zod';

/** A FHIR R4 QuestionnaireResponse, as far as enrichment reads it. */
const extended = { extension: z.array(z.looseObject({ url: z.string() })).optional() };
const coding = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
  ...extended,
});
// Loose: a primitive that is missing leaves a member such as `_valueString`, which says why.
const answer = z.looseObject({
  valueBoolean: z.boolean().optional(),
  valueDecimal: z.number().optional(),
  valueInteger: z.number().optional(),
  valueDate: z.string().optional(),
  valueDateTime: z.string().optional(),
  valueTime: z.string().optional(),
  valueString: z.string().optional(),
  valueCoding: coding.optional(),
  valueQuantity: z
    .object({
      value: z.number().optional(),
      unit: z.string().optional(),
      system: z.string().optional(),
      code: z.string().optional(),
      ...extended,
    })
    .optional(),
  get item() {
    return z.array(item).optional();
  },
});
const item = z.object({
  linkId: z.string(),
  text: z.string().optional(),
  answer: z.array(answer).optional(),
  get item() {
    return z.array(item).optional();
  },
});
export const responseSchema = z.object({
  resourceType: z.literal('QuestionnaireResponse'),
  status: z.enum(['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped']),
  item: z.array(item).default([]),
});

export type IntakeResponse = z.infer<typeof responseSchema>;
export type ResponseItem = z.infer<typeof item>;
export type ResponseAnswer = z.infer<typeof answer>;
export type Coding = z.infer<typeof coding>;

/** Every item with its descendants, in the order of the questionnaire. */
export function flatItems(items: readonly ResponseItem[]): ResponseItem[] {
  return items.flatMap((one) => [
    one,
    ...flatItems(one.item ?? []),
    ...(one.answer ?? []).flatMap((given) => flatItems(given.item ?? [])),
  ]);
}

/** An answer as a person would write it down; undefined when there is no value. */
export function answerText(given: ResponseAnswer): string | undefined {
  const { valueBoolean, valueCoding, valueQuantity } = given;
  if (valueBoolean !== undefined) return valueBoolean ? 'yes' : 'no';
  const plain =
    valueCoding?.display ??
    valueCoding?.code ??
    given.valueString ??
    given.valueDate ??
    given.valueDateTime ??
    given.valueTime ??
    given.valueInteger ??
    given.valueDecimal ??
    (valueQuantity?.value === undefined ? undefined : `${valueQuantity.value} ${valueQuantity.unit ?? ''}`);
  const text = plain === undefined ? '' : String(plain).trim();
  return text === '' ? undefined : text;
}

const dataAbsentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
/** The absence of what a call that ended early did not come to. */
export const notAsked = 'not asked';
const absences: Record<string, string> = {
  'asked-declined': 'declined',
  'asked-unknown': 'not known',
  'not-asked': notAsked,
};
const absenceSchema = z.object({
  extension: z.array(z.looseObject({ url: z.string(), valueCode: z.string() })),
});

/** Why an answer has no value, in a word or two; undefined when it does not say that it has none. */
export function absence(given: ResponseAnswer): string | undefined {
  for (const member of Object.values(given)) {
    const reasons = absenceSchema.safeParse(member).data?.extension;
    const reason = reasons?.find(({ url }) => url === dataAbsentReason);
    if (reason) return absences[reason.valueCode] ?? 'no usable answer';
  }
  return undefined;
}
