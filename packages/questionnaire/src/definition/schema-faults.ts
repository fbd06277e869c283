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
  if (issue.code !== 'invalid_union') return [{ path, message: issue.message }];
  const best = nearest(issue.errors);
  if (best) return best.flatMap((one) => faultsOf(one, path, keys));
  const wanted = issue.errors.flat().flatMap((one) => (one.code === 'invalid_type' ? [one.expected] : []));
  const kinds = [...new Set<string>(wanted)].join(' or ');
  return [{ path, message: kinds === '' ? issue.message : `${issue.message}: expected ${kinds}` }];
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

function meant(key: string, keys: readonly string[]): { remedy?: string } {
  const plain = (text: string) => text.toLowerCase().replace(/[-_\s]/g, '');
  const away = (known: string) => distance(plain(key), plain(known));
  const known = keys.toSorted((a, b) => away(a) - away(b))[0];
  return known !== undefined && away(known) <= Math.min(2, Math.ceil(key.length / 3))
    ? { remedy: `Write ${known}` }
    : {};
}
