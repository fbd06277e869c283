import type { ToolResult } from '../bedrock/converse-request.ts';

/** What a tool gave back, as far as one can tell without knowing the tool. */
export interface ToolOutcome {
  readonly tool: string;
  /** The parsed JSON, or undefined when the result is plain text. */
  readonly document: unknown;
  readonly text: string;
  /** False when the result says that it was refused or failed. */
  readonly ok: boolean;
  /** What to say next, in the words of the result. */
  readonly say?: string;
  readonly problem?: string;
  /** The item that the result speaks of. */
  readonly item?: string;
  readonly complete: boolean;
}

const sayKeys = [
  'say_next',
  'sayNext',
  'say',
  'speak',
  'next_question',
  'nextQuestion',
  'next_prompt',
  'question',
  'prompt',
  'ask',
  'script',
];
const itemKeys = [
  'item',
  'next_item',
  'nextItem',
  'field',
  'linkId',
  'link_id',
  'current_item',
  'current',
  'key',
];
const problemKeys = ['problem', 'error', 'reason', 'hint'];
const verdictKeys = ['accepted', 'ok', 'success', 'valid', 'recorded', 'saved'];
const completeKeys = ['complete', 'completed', 'done', 'finished'];

export function readResult(result: ToolResult, tool: string): ToolOutcome {
  const text = result.content
    .map(({ text: plain, json }) => plain ?? (json === undefined ? '' : JSON.stringify(json)))
    .join('\n');
  const document = parse(text);
  const fields = flatten(document);
  const say = firstText(fields, sayKeys);
  const problem = firstText(fields, problemKeys);
  const item = firstText(fields, itemKeys);
  const refused = verdictKeys.some((key) => fields.get(key) === false) || fields.get('failed') === true;
  return {
    tool,
    document,
    text,
    ok: result.status !== 'error' && !refused,
    complete: completeKeys.some((key) => fields.get(key) === true),
    ...(say === undefined ? {} : { say }),
    ...(problem === undefined ? {} : { problem }),
    ...(item === undefined ? {} : { item }),
  };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The members of a document and of the objects within, the outermost first; arrays are lists of findings, not told here. */
function flatten(document: unknown): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  let level = [document];
  for (let depth = 0; depth < 3; depth++) {
    const entries = level.filter(isObject).flatMap((object) => Object.entries(object));
    for (const [key, value] of entries) if (!fields.has(key)) fields.set(key, value);
    level = entries.map(([, value]) => value);
  }
  return fields;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstText(fields: ReadonlyMap<string, unknown>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = fields.get(key);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}
