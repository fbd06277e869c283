import type { Fault } from '@vestibule/core';
import type { z } from 'zod';
import { distance } from '../parse/likeness.ts';

type Issue = z.core.$ZodIssue;

/** What a schema finds wrong, as faults. @param keys those that an unknown one may be meant for */
export function schemaFaults(error: z.ZodError, keys: readonly string[] = []): Fault[] {
  return error.issues.flatMap((issue) => faultsOf(issue, '', keys));
}

function faultsOf(issue: Issue, around: string, keys: readonly string[]): Fault[] {
  const path = pathOf(around, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf(path, [key]),
      message: 'not a part of the short form',
      ...meant(key, keys),
    }));
  }
  if (issue.code !== 'invalid_union') return [{ path, ...told(issue) }];
  const best = nearest(issue.errors);
  if (best) return best.flatMap((one) => faultsOf(one, path, keys));
  const wanted = issue.errors.flat().flatMap((one) => (one.code === 'invalid_type' ? [one.expected] : []));
  if (wanted.length === 0) return [{ path, message: issue.message }];
  return [{ path, message: unlike([...new Set(wanted)].map(named).join(' or '), issue.input) }];
}

/** What is wrong with a value, in the words of who wrote the file. */
function told(issue: Issue): Pick<Fault, 'message' | 'remedy'> {
  switch (issue.code) {
    case 'invalid_type':
      return { message: unlike(named(issue.expected), issue.input) };
    case 'invalid_value': {
      const values = issue.values.map(String);
      const one = values.length === 1 ? values[0]! : `one of ${values.join(', ')}`;
      const written = typeof issue.input === 'string' ? meant(issue.input, values) : {};
      return { message: unlike(one, issue.input), ...written };
    }
    case 'too_small':
      return { message: Number(issue.minimum) === 1 && issue.origin !== 'number' ? 'empty' : issue.message };
    default:
      return { message: issue.message };
  }
}

function unlike(expected: string, input: unknown): string {
  if (input === undefined) return `missing: expected ${expected}`;
  const isPlain = typeof input !== 'object' || input === null;
  const found = isPlain ? JSON.stringify(input).slice(0, 60) : Array.isArray(input) ? 'a list' : 'an object';
  return `expected ${expected}, not ${found}`;
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function named(expected: string): string {
  return names[expected] ?? expected;
}

/** Of several ways to write it, the one that was meant: it goes wrong further in, or at the fewest places. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches.filter((issues) => depth(issues) > 0);
  return fitting.toSorted(
    (a, b) => unknownIn(a) - unknownIn(b) || depth(b) - depth(a) || a.length - b.length,
  )[0];
}

/** How far in it goes wrong; a value of another type altogether is not what was meant. */
function depth(issues: readonly Issue[]): number {
  return Math.max(
    0,
    ...issues.map((issue) => {
      if (issue.code === 'invalid_union')
        return issue.path.length * 2 + Math.max(0, ...issue.errors.map(depth));
      return issue.path.length * 2 + (issue.code === 'invalid_type' ? 0 : 1);
    }),
  );
}

function unknownIn(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
}

function pathOf(around: string, path: readonly PropertyKey[]): string {
  const inner = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${around}${inner}`.replace(/^\./, '');
}

/** The key that an unknown one is likely to be meant for. */
export function meant(key: string, keys: readonly string[]): { remedy?: string } {
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '');
  const away = (known: string) => distance(plain(key), plain(known));
  const known = keys.toSorted((a, b) => away(a) - away(b))[0];
  return known !== undefined && away(known) <= Math.min(2, Math.ceil(key.length / 3))
    ? { remedy: `Write ${known}` }
    : {};
}
