import type { Persona } from '@vestibule/local-carrier';

export type Expected = Persona['expects'][string];

/** An answer of a QuestionnaireResponse as comparable texts: a coding's code and its display, a value's digits. */
export type Recorded = string[];

export interface ItemScore {
  item: string;
  right: boolean;
  expected: string;
  recorded: string;
}

interface ResponseItem {
  linkId?: string;
  answer?: Record<string, unknown>[];
  item?: ResponseItem[];
}

/** Every answered item of a FHIR R4 QuestionnaireResponse, by linkId. */
export function recordedAnswers(response: { item?: ResponseItem[] }): Map<string, Recorded[]> {
  const found = new Map<string, Recorded[]>();
  const walk = (items: readonly ResponseItem[] = []) => {
    for (const { linkId, answer = [], item } of items) {
      // An answer without a value carries the reason why there is none (declined, unknown, not asked).
      const values = answer.map(textsOf).filter((texts) => texts.length > 0);
      if (linkId !== undefined && values.length > 0) found.set(linkId, values);
      walk(item);
      for (const { item: nested } of answer) walk(nested as ResponseItem[] | undefined);
    }
  };
  walk(response.item);
  return found;
}

/** Right or wrong for each expected item; an item that should hold nothing is right when it holds nothing. */
export function score(expects: Persona['expects'], recorded: ReadonlyMap<string, Recorded[]>): ItemScore[] {
  return Object.entries(expects).map(([item, expected]) => {
    const answers = recorded.get(item) ?? [];
    return {
      item,
      right: matches(expected, answers),
      expected: typeof expected === 'object' ? JSON.stringify(expected) : String(expected),
      recorded: answers.map(([first]) => first ?? '').join('; '),
    };
  });
}

function matches(expected: Expected, answers: readonly Recorded[]): boolean {
  if (expected === null) return answers.length === 0;
  if (answers.length === 0) return false;
  if (Array.isArray(expected)) return expected.some((one) => matches(one, answers));
  if (typeof expected === 'object') {
    const words = new Set(answers.flat().flatMap((text) => plain(text).split(' ')));
    return expected.contains.every((word) => words.has(plain(word)));
  }
  return answers.some((texts) => texts.some((text) => plain(text) === plain(String(expected))));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9+]+/g, ' ')
    .trim();
}

function textsOf(answer: Record<string, unknown>): Recorded {
  const [, value] = Object.entries(answer).find(([key]) => key.startsWith('value')) ?? [];
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  const { code, display, value: amount } = value as { code?: string; display?: string; value?: number };
  return [code, display, amount === undefined ? undefined : String(amount)].filter(
    (text) => text !== undefined,
  );
}
