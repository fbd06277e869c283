import { z } from 'zod';

/** One question of the intake as the demo's table shows it. */
export interface IntakeRow {
  readonly item: string;
  readonly question: string;
  readonly answer: string;
}

const absentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const extensions = z
  .looseObject({
    extension: z.array(z.looseObject({ url: z.string(), valueCode: z.string().optional() })).default([]),
  })
  .optional();

const answerSchema = z.looseObject({
  valueCoding: z
    .looseObject({ display: z.string().optional(), code: z.string().optional() })
    .and(extensions.unwrap())
    .optional(),
});

type Answer = z.infer<typeof answerSchema>;
interface Item {
  linkId: string;
  text: string;
  answer: Answer[];
  item: Item[];
}

const itemSchema: z.ZodType<Item> = z.looseObject({
  linkId: z.string(),
  text: z.string().default(''),
  answer: z.array(answerSchema).default([]),
  item: z.array(z.lazy(() => itemSchema)).default([]),
});

const responseSchema = z.looseObject({ item: z.array(itemSchema).default([]) });

/** The rows of a FHIR R4 QuestionnaireResponse in its order. @throws ZodError for anything else. */
export function responseRows(response: unknown): IntakeRow[] {
  return responseSchema.parse(response).item.flatMap(rowsOf);
}

function rowsOf(item: Item): IntakeRow[] {
  const answer = item.answer.map(answerText).filter(Boolean).join(', ');
  const row = { item: item.linkId, question: item.text, answer };
  return [...(item.answer.length > 0 ? [row] : []), ...item.item.flatMap(rowsOf)];
}

function answerText(answer: Answer): string {
  for (const [name, value] of Object.entries(answer)) {
    if (!/^_?value/.test(name)) continue;
    const reason = reasonFor(value);
    if (reason !== undefined) return `(${reason})`;
    if (name.startsWith('_')) continue;
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (name === 'valueCoding') return answer.valueCoding?.display ?? answer.valueCoding?.code ?? '';
    return JSON.stringify(value);
  }
  return '';
}

/** `asked-declined`, `asked-unknown` …: why there is no value. */
function reasonFor(value: unknown): string | undefined {
  const parsed = extensions.safeParse(value);
  if (!parsed.success) return undefined;
  return parsed.data?.extension.find(({ url }) => url === absentReason)?.valueCode?.replace('asked-', '');
}
