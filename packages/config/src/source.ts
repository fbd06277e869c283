import type { Fault } from '@vestibule/core';
import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

export type Path = readonly PropertyKey[];

/** A YAML text that remembers its lines. */
export interface Source {
  value: unknown;
  /** What is wrong with it as YAML, duplicate keys included. */
  faults: Fault[];
  /** Line of the key or item at `path`, or of the nearest ancestor that is there. 1-based. */
  lineOf: (path: Path) => number | undefined;
}

export function readYaml(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const lineOf = (path: Path) => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  const faults = document.errors.map(({ code, message, pos }) => ({
    path: '',
    line: lines.linePos(pos[0]).line,
    message: code === 'MULTIPLE_DOCS' ? 'a second document begins' : message.replace(/\s+/g, ' ').trim(),
  }));
  if (faults.length > 0) return { value: undefined, faults, lineOf };
  try {
    return { value: document.toJS() as unknown, faults, lineOf };
  } catch (error) {
    // Aliases are resolved only here: one without its anchor, or more of them than any honest file has.
    return { value: undefined, faults: [{ path: '', message: (error as Error).message }], lineOf };
  }
}

function offsetOf(root: unknown, path: Path): number | undefined {
  let node = root;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!isPair(pair) || !isNode(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

/** `numbers[0].questionnaire` */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  );
}
