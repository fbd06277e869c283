/** A piece of a JSON text, byte for byte. `isElement`: it is an element of one of its lists. */
export interface JsonPiece {
  text: string;
  isElement: boolean;
}

/**
 * Cuts a JSON text at the elements of its lists, of lists that are not within a list themselves. The pieces, one after the
 * other, are the text again, whatever it is: a text that is no JSON is one piece.
 */
export function splitJson(text: string): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  let [start, depth, listDepth] = [0, 0, 0];
  const cut = (end: number, isElement: boolean) => {
    if (end > start) pieces.push({ text: text.slice(start, end), isElement });
    start = end;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '[' || char === '{') {
      depth += 1;
      if (char === '[' && listDepth === 0) {
        listDepth = depth;
        cut(at + 1, false);
      }
    } else if (char === ']' || char === '}') {
      if (listDepth > 0 && depth === listDepth) {
        cut(at, true);
        listDepth = 0;
      }
      depth -= 1;
    } else if (char === ',' && listDepth > 0 && depth === listDepth) {
      cut(at, true);
      cut(at + 1, false);
    }
  }
  cut(text.length, false);
  return pieces;
}

/** Where the string that begins at `at` ends. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}
