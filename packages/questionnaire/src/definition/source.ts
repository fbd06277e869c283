import type { Fault } from '@vestibule/core';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';

/** A file that could be read as a tree, with the means to say on which line a part of it stands. */
export interface Source {
  value: unknown;
  isFhir: boolean;
  withLines(faults: readonly Fault[]): Fault[];
}

/** Opens YAML or JSON (which is read as YAML too, for its line numbers). */
export function openSource(text: string, file: string): Source | { faults: Fault[] } {
  const json = /\.json$/i.test(file);
  if (json) {
    const fault = jsonFault(text);
    if (fault) return { faults: [fault] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0 && !json) {
    return {
      faults: document.errors.map((error) => ({
        path: '',
        line: lines.linePos(error.pos[0]).line,
        message: error.message,
      })),
    };
  }
  const value: unknown = json ? JSON.parse(text) : document.toJS();
  const isFhir = json || (typeof value === 'object' && value !== null && 'resourceType' in value);
  const withLines = (faults: readonly Fault[]) => faults.map((fault) => addLine(fault, document, lines));
  return { value, isFhir, withLines };
}

function jsonFault(text: string): Fault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = (error as SyntaxError).message;
    const position = /position (\d+)/.exec(message);
    const line = position ? text.slice(0, Number(position[1])).split('\n').length : undefined;
    return {
      path: '',
      ...(line === undefined ? {} : { line }),
      message: `not JSON: ${message.split(' in JSON')[0]}`,
    };
  }
}

/** The line of the part that the path names, or of the nearest part around it. */
function addLine(fault: Fault, document: Document, lines: LineCounter): Fault {
  if (fault.line !== undefined) return fault;
  const parts = [...fault.path.matchAll(/[^.[\]]+/g)].map(([part]) =>
    /^\d+$/.test(part) ? Number(part) : part,
  );
  for (let length = parts.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(parts.slice(0, length), true);
    if (isNode(node) && node.range) return { ...fault, line: lines.linePos(node.range[0]).line };
  }
  return fault;
}
