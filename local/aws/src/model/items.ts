import { contentWords, plain, shared } from './text.ts';

/** An item of the questionnaire, as far as the prompt tells. */
export interface Item {
  readonly id: string;
  /** Its question, description or whatever stands beside it; its id when nothing does. */
  readonly text: string;
  readonly kind: Kind;
}

/** What an answer looks like; decides how its words are trimmed and recognised. */
export type Kind = 'date' | 'phone' | 'email' | 'name' | 'boolean' | 'number' | 'code' | 'text';

/** Every item that the tools or the prompt name, with what the prompt says of it. */
export function readItems(system: string, ids: readonly string[]): Item[] {
  const documents = jsonItems(system);
  const lines = system.split('\n');
  return ids.map((id) => {
    const text = documents.get(id) ?? lineAbout(lines, id) ?? '';
    return { id, text: text === '' ? id : text, kind: kindOf(`${id} ${text}`) };
  });
}

/** FHIR's and everyday names of types, as prompts write them: `birth-date [date, required]`, `type: date`. */
const declared: Record<string, Kind> = {
  'yes or no': 'boolean',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date',
  phone: 'phone',
  email: 'email',
  name: 'name',
  integer: 'number',
  decimal: 'number',
  number: 'number',
  quantity: 'number',
  choice: 'text',
  'open-choice': 'text',
  text: 'text',
  code: 'code',
  time: 'text',
};

/** What an answer looks like, from a declared type or else from the words of the question. */
export function kindOf(text: string): Kind {
  const type = /(?:[[(]|\btype\s*[:=]\s*)["']?(yes or no|[a-z-]+)\b/i.exec(text)?.[1]?.toLowerCase();
  const known = declared[type ?? ''];
  if (known !== undefined) return known;
  const said = plain(text.replace(/[_-]/g, ' '));
  if (/\bboolean\b|\byes ?(or|\/) ?no\b/.test(said)) return 'boolean';
  if (/\be ?mail\b/.test(said)) return 'email';
  if (/\b(phone|telephone|mobile|cell)\b|number to (reach|call)|call you back/.test(said)) return 'phone';
  if (/\b(date|birthday|dob|birth)\b|\bwhen (did|was|is|were)\b|(what|which|the) day\b/.test(said))
    return 'date';
  if (/\b(integer|decimal|quantity)\b|how (many|old|much|tall|often)|\bage\b/.test(said)) return 'number';
  if (/\b(number|code|id)\b/.test(said)) return 'code';
  if (/\b(first|last|full|family|given|sur)? ?name\b/.test(said) && !/\bchoice\b/.test(said)) return 'name';
  if (
    /(^|[.:)] )(do|does|did|are|is|was|were|have|has|had|may|can) (you|your|the|there|anyone|we|i)\b/.test(
      said,
    )
  )
    return 'boolean';
  return 'text';
}

/** What may not follow an id: `2.3` is not in `2.3.1`, nor `/54114-4` in `/54114-4/54117-7`. */
export const idEnds = '(?![\\w-]|[./]\\w)';

/** The line of a prompt that introduces an item: what follows its id, and an indented continuation. */
function lineAbout(lines: readonly string[], id: string): string | undefined {
  const token = new RegExp(
    `(^|[\\s"'\`(\\[{*]|(?<!\\w)-)${escapeRegExp(id)}${idEnds}(?=$|[\\s"'\`)\\]}:,.*=])`,
  );
  const candidates = lines.flatMap((line, index) => {
    const match = token.exec(line);
    if (!match) return [];
    const rest = line.slice(match.index + match[0].length).replace(/^["'`)\]}:,.*=\s-]+/, '');
    const next = lines[index + 1] ?? '';
    const more =
      /^\s{2,}\S/.test(next) || /^- (type|question|options?|text)\b/i.test(next) ? next.trim() : '';
    const text = `${rest} ${more}`.trim();
    // A line that opens with the id is about it, however little it says; an id may be a plain word elsewhere.
    const opens = introduction.test(line.slice(0, match.index + (match[1] ?? '').length));
    return [{ text, weight: contentWords(text).size + (opens ? 1000 : 0) }];
  });
  return candidates.sort((a, b) => b.weight - a.weight)[0]?.text;
}

/** What may stand before the id that a line is about: a bullet, a number, "Current item:". */
const introduction = /^[\s*-]*(?:\d+[.)]\s+)?(?:[\w ]{0,30}[:=]\s*)?["'`([{*-]*$/;

/** The item whose description has most in common with a question. */
export function itemAskedBy(question: string, items: readonly Item[]): Item | undefined {
  const wanted = contentWords(question);
  const scored = items.map((item) => ({
    item,
    score: shared(wanted, contentWords(item.id)) * 2 + shared(wanted, contentWords(item.text)),
  }));
  const best = scored.reduce((top, one) => (one.score > top.score ? one : top), {
    item: undefined as Item | undefined,
    score: 0,
  });
  return best.item;
}

/** Items given as JSON inside the prompt: objects with an id and a text of some name. */
function jsonItems(system: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [block] of system.matchAll(/[[{][\s\S]*[\]}]/g)) {
    try {
      collect(JSON.parse(block), found);
    } catch {
      // Braces that are not JSON.
    }
  }
  return found;
}

function collect(value: unknown, found: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) return value.forEach((one) => collect(one, found));
  const entry = value as Record<string, unknown>;
  const id = entry['linkId'] ?? entry['id'] ?? entry['item'] ?? entry['field'] ?? entry['key'];
  if (typeof id === 'string') {
    const texts = [entry['prompt'] ?? entry['question'] ?? entry['text'] ?? entry['label'], entry['type']];
    found.set(id, texts.filter((one) => typeof one === 'string').join(' '));
  }
  Object.values(entry).forEach((one) => collect(one, found));
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
