/** A tool's result, read: the document in it, or else its words. */
export interface Content {
  /** An object or array; undefined when the result is plain text. */
  readonly document: unknown;
  /** The words, without what is left of JSON that cannot be read. */
  readonly text: string;
}

/** Frameworks stringify strings: a result may be JSON in a JSON string, now and then in another one. */
const deepest = 4;
/** Openings tried before a text counts as words: each may cost a walk through all of it. */
const openings = 20;

/**
 * Finds the document in a result, whatever it came wrapped in: JSON strings, MCP's list of text parts, or words before
 * and after it.
 */
export function readContent(result: string): Content {
  const value = opened(result, deepest);
  if (typeof value !== 'string') return { document: value, text: result };
  const within = embedded(value);
  if (within !== undefined) return { document: within, text: result };
  return { document: undefined, text: withoutScraps(value) };
}

/** JSON parsed as long as it is a string or holds text parts; anything else as it stands. */
function opened(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  if (typeof value === 'string') {
    if (!/^\s*["{[]/.test(value)) return value;
    const inner = parsed(value);
    if (typeof inner !== 'string' && !holdsObject(inner)) return value;
    return opened(inner, depth - 1);
  }
  const parts = textParts(value);
  return parts === undefined ? value : opened(parts.join('\n'), depth - 1);
}

/** The texts of `[{"type":"text","text":…}]`, also under `content`; undefined for any other document. */
function textParts(value: unknown): string[] | undefined {
  const list: unknown =
    typeof value === 'object' && value !== null && 'content' in value ? value.content : value;
  const parts: unknown[] = Array.isArray(list) ? list : [list];
  const texts = parts.map((part) => {
    const known = typeof part === 'object' && part !== null && 'type' in part && part.type === 'text';
    return known && 'text' in part && typeof part.text === 'string' ? part.text : undefined;
  });
  const found = texts.filter((text) => text !== undefined);
  return found.length > 0 && found.length === texts.length ? found : undefined;
}

/** The first JSON document that stands among words. A footnote such as `[1]` is none. */
function embedded(text: string): unknown {
  for (const { index } of [...text.matchAll(/[{[]/g)].slice(0, openings)) {
    const piece = balanced(text, index);
    const value = piece === undefined ? undefined : parsed(piece);
    if (holdsObject(value)) return opened(value, deepest);
  }
  return undefined;
}

/** From an opening bracket to the one that closes it, brackets within strings aside. */
function balanced(text: string, start: number): string | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if ('{['.includes(character)) depth++;
    else if ('}]'.includes(character) && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

function holdsObject(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0 || value.some(holdsObject);
  return typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Cuts off JSON that breaks off in the middle, since nobody can listen to it. */
function withoutScraps(text: string): string {
  return text.replace(/[\s:]*(?:[{[]\s*["{[]|\\?"[\w-]+\\?"\s*:)[\s\S]*$/, '').trim();
}
