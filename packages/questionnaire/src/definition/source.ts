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
  if (document.errors.some(({ message }) => message.startsWith('Maximum call stack')))
    return { faults: [{ path: '', message: 'cannot be read: it is nested too deeply' }] };
  if (document.errors.length > 0 && !json) {
    return {
      faults: document.errors.map((error) => ({
        path: '',
        line: lines.linePos(error.pos[0]).line,
        message: error.message,
      })),
    };
  }
  const value: unknown = json ? JSON.parse(text) : unfolded(document);
  const foreign = foreignFault(value, json);
  if (foreign !== undefined) return { faults: [{ path: '', message: foreign }] };
  const isFhir = json || 'resourceType' in (value as object);
  const withLines = (faults: readonly Fault[]) => faults.map((fault) => addLine(fault, document, lines));
  return { value, isFhir, withLines };
}

/** Aliases within aliases can stand for more than memory holds: the parser gives up on them. */
function unfolded(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error;
  }
}

/** What is no questionnaire at all, in one line rather than a fault for each part that it lacks. */
function foreignFault(value: unknown, json: boolean): string | undefined {
  if (value === null || value === undefined) return 'the file is empty';
  if (value instanceof Error) return `cannot be unfolded: ${value.message}`;
  if (typeof value !== 'object' || Array.isArray(value))
    return `not a questionnaire: the file holds ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`;
  const type = 'resourceType' in value ? value.resourceType : undefined;
  if (type === 'Questionnaire' || (type === undefined && !json)) return undefined;
  return type === undefined
    ? 'not a FHIR Questionnaire: it has no resourceType'
    : `not a FHIR Questionnaire: its resourceType is ${JSON.stringify(type)}`;
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
