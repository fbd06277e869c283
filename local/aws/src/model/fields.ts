import { answersOf, valueOf } from './arguments.ts';
import { answerWords, shapes } from './answers.ts';
import { kindOf, type Item } from './items.ts';
import type { Property } from './schema.ts';
import type { Tool } from './shapes.ts';
import { asWords } from './text.ts';
import type { Toolbox } from './toolbox.ts';
import { choose, digitsIn, numberIn, valueFor } from './values.ts';

/** An argument that is asked for by itself: `phone` of `record_phone(phone)`, `date` of `book_table(name, date)`. */
export interface Field {
  readonly item: Item;
  readonly tool: Tool;
  readonly property: Property;
}

const generic = /^(?:answer|value|response|reply|text|words|content|data|input|arg|item|field)s?$/i;
const verbs =
  /^(?:record|save|store|capture|set|fill|submit|note|write|log|update|register|enter|put|provide|add|create|collect|get|look ?up|find|fetch|check|search|list|query|retrieve|track|read)\b\s*/;
const reading =
  /^(?:get|look ?up|find|fetch|check|search|list|query|retrieve|track|read|calculate|convert|is|has)\b/;

const keeping = /^(?:record|save|store|capture|fill|submit|note|update|register|collect)\b/;

/** True for tools whose purpose is to keep what a caller says: their fields are asked for unasked. */
export function isKeeper({ role, name }: Tool): boolean {
  return role === 'record' || (role === 'other' && keeping.test(asWords(name)));
}

/** What a tool is about, without what it does to it: `record_phone_number` is about a `phone number`. */
export function subjectOf({ name }: Tool): string {
  return asWords(name).replace(verbs, '');
}

/** True for tools that tell something; the others keep what they are given. */
export function isReader({ name }: Tool): boolean {
  return reading.test(asWords(name));
}

/**
 * The arguments that are asked for one by one. None where one tool records every item, since it then says what is asked.
 */
export function fieldsOf(toolbox: Toolbox): Field[] {
  if (toolbox.all.some(takesAnyItem)) return [];
  const fields = new Map<string, Field>();
  const tools = toolbox.all.filter(({ role }) => ['record', 'other', 'person', 'case'].includes(role));
  // Tools for one field come first: what they record needs no other answers.
  for (const tool of [...tools].sort((a, b) => needs(a) - needs(b))) {
    for (const field of fieldsOfTool(tool)) {
      if (!fields.has(field.item.id)) fields.set(field.item.id, field);
    }
  }
  return [...fields.values()];
}

export function fieldsOfTool(tool: Tool): Field[] {
  return tool.properties.map((property) => {
    const id = generic.test(property.name) ? subjectOf(tool).replace(/ /g, '_') : property.name;
    const text = property.description === '' ? subjectOf(tool) : property.description;
    const kind = property.type === 'boolean' ? 'boolean' : kindOf(`${asWords(id)}. ${property.description}`);
    return { item: { id, text, kind }, tool, property };
  });
}

/** True for a tool that records whatever is asked: it names the item, takes several, or has one answer for all. */
function takesAnyItem({ role, name, properties }: Tool): boolean {
  if (role !== 'record') return false;
  if (answersOf(properties)) return true;
  const value = valueOf(properties);
  if (!value) return false;
  const others = properties.filter(
    (property) => property !== value && !/confidence|note|comment/i.test(property.name),
  );
  const [which] = others;
  if (which)
    return (
      others.length === 1 && which.type === 'string' && (which.enum.length > 1 || naming.test(which.name))
    );
  return generic.test(value.name) && anyAnswer.test(asWords(name));
}

const naming = /^(?:item|field|question|link|key|slot|entry|topic|which|path)/i;
const anyAnswer = /\b(?:answer|response|reply|value|data|info|input|field|item)s?$/;

/** How many arguments a tool cannot do without. */
export function needs({ properties }: Tool): number {
  return properties.filter(({ required }) => required).length;
}

const isId = /(?:^|[_-])(?:id|no|number|code|ref|reference|sku)$|[a-z](?:Id|Number|No|Code|Ref)$/;
const isProse =
  /title|issue|problem|details|complaint|query|input|question|text|message|summary|description|note|topic|prompt|request|content|reason|body|subject/i;

/** The value that an answer to a field gives it; undefined when it gives none. */
export function valueOfField({ item, property }: Field, words: string): unknown {
  const said = answerWords(words, item.kind);
  if (said === '') return undefined;
  if (item.kind === 'phone' && property.type === 'string')
    return shapes.phone?.exec(said)?.[0].trim() ?? said;
  if (isId.test(property.name) && property.type === 'string') return digitsIn(said) ?? said;
  return valueFor(item.kind === 'date' && property.format === 'date' ? property : property, said);
}

/** The value for a field within a request: "Where is my order 12345?". Undefined when the words hold nothing of its sort. */
export function valueInRequest({ item, property }: Field, words: string): unknown {
  if (property.enum.length > 0) return choose(property.enum, words);
  if (property.type === 'number' || property.type === 'integer') return numberIn(words);
  if (property.type !== 'string') return undefined;
  const shape = shapes[item.kind];
  if (shape) {
    const found = shape.exec(words)?.[0].trim();
    return found === undefined ? undefined : valueFor(property, item.kind === 'date' ? words : found);
  }
  if (isId.test(property.name)) return digitsIn(words);
  if (item.kind === 'name') return undefined;
  const object = /\b(?:in|for|about|of|at|on|to) (?:the )?([\p{L}\d][\p{L}\d' -]*)\??\.?$/iu.exec(words)?.[1];
  return object ?? (isProse.test(property.name) ? words.replace(/[?.!]+$/, '') : undefined);
}
