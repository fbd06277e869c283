import type { ToolResult } from '../bedrock/converse-request.ts';
import { readContent } from './document.ts';

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
  /** The question to put after the caller was told what was found. */
  readonly then?: string;
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
const thenKeys = ['then_ask', 'thenAsk', 'then_say', 'thenSay', 'ask_again', 'current_question'];
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
const failureKeys = ['failed', 'isError', 'is_error', 'error'];
const completeKeys = ['complete', 'completed', 'done', 'finished'];

export function readResult(result: ToolResult, tool: string): ToolOutcome {
  const { document, text } = readContent(
    result.content
      .map(({ text: plain, json }) => plain ?? (json === undefined ? '' : JSON.stringify(json)))
      .join('\n'),
  );
  const fields = flatten(document);
  const say = firstText(fields, sayKeys);
  const then = firstText(fields, thenKeys);
  const problem = firstText(fields, problemKeys);
  const item = firstText(fields, itemKeys);
  const refused =
    verdictKeys.some((key) => fields.get(key) === false) ||
    failureKeys.some((key) => fields.get(key) === true) ||
    firstText(fields, ['error']) !== undefined;
  return {
    tool,
    document,
    text,
    ok: result.status !== 'error' && !refused,
    complete: completeKeys.some((key) => fields.get(key) === true),
    ...(say === undefined ? {} : { say }),
    ...(then === undefined ? {} : { then }),
    ...(problem === undefined ? {} : { problem }),
    ...(item === undefined ? {} : { item }),
  };
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
