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
  if (text.trim() === '') return { faults: [{ path: '', message: 'the file is empty' }] };
  if (/^\s*<[?!a-z]/i.test(text)) return { faults: [{ path: '', ...xml }] };
  if (json) {
    const fault = jsonFault(text);
    if (fault) return { faults: [fault] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: !json });
  if (document.errors.some(({ message }) => message.startsWith('Maximum call stack')))
    return { faults: [{ path: '', message: 'cannot be read: it is nested too deeply' }] };
  // JSON.parse takes the last of two members of a name, and says nothing.
  const errors = json ? document.errors.filter(({ code }) => code === 'DUPLICATE_KEY') : document.errors;
  if (errors.length > 0) {
    return {
      faults: errors.map((error) => ({
        path: '',
        line: lines.linePos(error.pos[0]).line,
        message: error.code === 'DUPLICATE_KEY' ? 'the same name stands twice here' : error.message,
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

const xml = { message: 'this is XML, which is not read', remedy: 'Convert it to JSON' };

function jsonFault(text: string): Fault | undefined {
  const message = jsonProblem(text);
  if (message === undefined) return undefined;
  const line = text.slice(0, positionIn(message) ?? wrongAt(text)).split('\n').length;
  return { path: '', line, message: `not JSON: ${message.split(/ in JSON|, (?:\.\.\.)?"/)[0]}` };
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

function positionIn(message: string): number | undefined {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? undefined : Number(position);
}

/** Some problems come without a place: it is where the text, cut off, stops to be the beginning of something right. */
function wrongAt(text: string): number {
  let [right, wrong] = [0, text.length];
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    const message = jsonProblem(text.slice(0, middle));
    if (message?.startsWith('Unexpected token')) wrong = middle;
    else right = middle;
  }
  return right;
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
