import { z } from 'zod';

/** A FHIR R4 QuestionnaireResponse, as far as enrichment reads it. */
const coding = z.object({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
});
const answer = z.object({
  valueBoolean: z.boolean().optional(),
  valueDecimal: z.number().optional(),
  valueInteger: z.number().optional(),
  valueDate: z.string().optional(),
  valueDateTime: z.string().optional(),
  valueTime: z.string().optional(),
  valueString: z.string().optional(),
  valueCoding: coding.optional(),
  valueQuantity: z.object({ value: z.number().optional(), unit: z.string().optional() }).optional(),
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

/** An answer as a person would write it down; empty when its type is not known here. */
export function answerText(given: ResponseAnswer): string {
  const { valueBoolean, valueCoding, valueQuantity } = given;
  if (valueBoolean !== undefined) return valueBoolean ? 'yes' : 'no';
  if (valueCoding) return valueCoding.display ?? valueCoding.code ?? '';
  if (valueQuantity) return `${valueQuantity.value ?? ''} ${valueQuantity.unit ?? ''}`.trim();
  const plain =
    given.valueString ??
    given.valueDate ??
    given.valueDateTime ??
    given.valueTime ??
    given.valueInteger ??
    given.valueDecimal;
  return plain === undefined ? '' : String(plain);
}
