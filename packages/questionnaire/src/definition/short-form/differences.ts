import { canonicalJson } from '@vestibule/core';

/** Something of a questionnaire that the short form does not say. */
export interface Uncovered {
  /** In the FHIR questionnaire. */
  path: string;
  reason: string;
}

type Json = Record<string, unknown>;

/**
 * Where two questionnaires differ. Extensions with different urls may change places: their order means nothing; nor does a
 * `false` that might as well be missing.
 */
export function differences(original: object, compiled: object): Uncovered[] {
  return membersDiffer(original as Json, compiled as Json, '');
}

function membersDiffer(original: Json, compiled: Json, path: string): Uncovered[] {
  const names = [...new Set([...Object.keys(original), ...Object.keys(compiled)])];
  return names.flatMap((name) => {
    const at = `${path}${path === '' ? '' : '.'}${name}`;
    const [here, there] = [present(name, original[name]), present(name, compiled[name])];
    if (here === undefined) {
      return there === undefined ? [] : [{ path: at, reason: 'is not there, and the short form adds it' }];
    }
    if (name === 'extension') return extensionsDiffer(here, there, at);
    return partsDiffer(here, there, at);
  });
}

function partsDiffer(here: unknown, there: unknown, path: string): Uncovered[] {
  if (there === undefined) return [{ path, reason: 'the short form has no word for it' }];
  if (Array.isArray(here) && Array.isArray(there) && here.length === there.length)
    return here.flatMap((one, index) => partsDiffer(one, there[index], `${path}[${index}]`));
  if (isPart(here) && isPart(there)) return membersDiffer(here, there, path);
  if (canonicalJson(here) === canonicalJson(there)) return [];
  return [{ path, reason: `the short form makes ${short(there)} of it` }];
}

/** Extensions are compared by url, those with one url in their order. */
function extensionsDiffer(here: unknown, there: unknown, path: string): Uncovered[] {
  const left = listOf(there);
  const lost = listOf(here).flatMap((extension, index): Uncovered[] => {
    const at = `${path}[${index}]`;
    const found = left.findIndex(({ url }) => url === extension['url']);
    if (found === -1)
      return [{ path: at, reason: `the short form has no word for ${String(extension['url'])}` }];
    const [same] = left.splice(found, 1);
    return canonicalJson(inOrder(same)) === canonicalJson(inOrder(extension))
      ? []
      : [{ path: at, reason: `the short form cannot say this form of ${String(extension['url'])}` }];
  });
  const added = left.map(({ url }) => ({ path, reason: `the short form adds ${String(url)}` }));
  return [...lost, ...added];
}

/** R4 takes these to be false when they are missing. */
const falseByDefault = ['required', 'repeats', 'readOnly', 'initialSelected', 'experimental'];

/** The parts of an extension by their names, those of one name in their order. */
function inOrder(part: unknown): unknown {
  if (!isPart(part)) return part;
  const { extension, ...rest } = part;
  const parts = listOf(extension).toSorted((a, b) => String(a['url']).localeCompare(String(b['url'])));
  return { ...rest, extension: parts.map(inOrder) };
}

function present(name: string, value: unknown): unknown {
  if ((value === false && falseByDefault.includes(name)) || (Array.isArray(value) && value.length === 0))
    return undefined;
  return value;
}

const isPart = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? [...(value as Json[])] : []);

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
