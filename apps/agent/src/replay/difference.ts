import { canonicalJson } from '@vestibule/core';

/** Where two JSON values differ first, members in the order of their names, and what stands there in each. */
export interface Difference {
  /** Names of members and numbers of elements from the top. */
  path: string[];
  recorded: unknown;
  replayed: unknown;
}

export function differenceOf(
  recorded: unknown,
  replayed: unknown,
  path: string[] = [],
): Difference | undefined {
  if (!isBranch(recorded) || !isBranch(replayed) || Array.isArray(recorded) !== Array.isArray(replayed))
    return isSame(recorded, replayed) ? undefined : { path, recorded, replayed };
  for (const key of [...new Set([...Object.keys(recorded), ...Object.keys(replayed)])].sort()) {
    const found = differenceOf(recorded[key], replayed[key], [...path, key]);
    if (found) return found;
  }
  return undefined;
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isSame(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
}

const redacted = '‹redacted›';

/** The same difference, with nothing of a caller's in it. */
export function withoutCallerData<D extends Difference>(difference: D): D {
  const { path, recorded, replayed } = difference;
  const isCallers = path.some((name) => name.startsWith('pii'));
  const hide = (value: unknown) => (value === undefined ? undefined : isCallers ? redacted : redact(value));
  return { ...difference, recorded: hide(recorded), replayed: hide(replayed) };
}

function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (!isBranch(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key.startsWith('pii') ? redacted : redact(member)]),
  );
}
