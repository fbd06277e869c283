import type { Fault } from '@vestibule/core';
import type { z } from 'zod';
import { configJsonSchema, type JsonSchemaNode, subschema } from './json-schema.ts';
import { formatPath, type Path, type Source } from './source.ts';
import { closest } from './suggestion.ts';

type Issue = z.core.$ZodIssue;

/** Zod's issues in the words of this file: where, what, and what to write instead. */
export function shapeFaults(issues: readonly Issue[], source: Source): Fault[] {
  const schema = configJsonSchema();
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(issue.path, key, schema, source))
      : [shapeFault(issue, schema, source)],
  );
}

function unknownKey(parent: Path, key: string, schema: JsonSchemaNode, source: Source): Fault {
  const known = Object.keys(subschema(schema, parent)?.properties ?? {});
  const meant = closest(key, known);
  const path = [...parent, key];
  return {
    path: formatPath(path),
    ...line(source, path),
    message: 'is not a known key',
    remedy: meant === undefined ? `Known here: ${known.join(', ')}` : `Did you mean ${meant}?`,
  };
}

function shapeFault(issue: Issue, schema: JsonSchemaNode, source: Source): Fault {
  const at = subschema(schema, issue.path);
  const written = valueAt(source.value, issue.path);
  const remedy = remedyFor(at, written);
  return {
    path: formatPath(issue.path),
    ...line(source, issue.path),
    message: messageFor(issue, written),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

function messageFor(issue: Issue, written: unknown): string {
  if (written === undefined) return 'is missing';
  if (written === null) return 'is empty';
  switch (issue.code) {
    case 'invalid_type':
      return `is not ${article(issue.expected)}`;
    case 'invalid_value':
      return `${JSON.stringify(written)} is not ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `${JSON.stringify(written)} is less than ${issue.minimum}`
        : 'is empty';
    case 'too_big':
      return `${JSON.stringify(written)} is more than ${issue.maximum}`;
    case 'invalid_format':
      return `${JSON.stringify(written)} ${issue.message}`;
    default:
      return issue.message;
  }
}

const articles: Record<string, string> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

const article = (expected: string) => articles[expected] ?? expected;

function remedyFor(at: JsonSchemaNode | undefined, written: unknown): string | undefined {
  const [example] = at?.examples ?? [];
  if (example !== undefined) {
    const unquoted = typeof written === 'number' && typeof example === 'string';
    const shown = unquoted || /^\+/.test(String(example)) ? JSON.stringify(example) : String(example);
    const about = written === undefined || written === null ? at?.description : undefined;
    return `${about === undefined ? 'For example' : `${about}; for example`} ${shown}${unquoted ? ', in quotes' : ''}`;
  }
  const keys = Object.keys(at?.properties ?? {});
  return keys.length > 0 ? `Keys: ${keys.join(', ')}` : at?.description;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function line(source: Source, path: Path): { line?: number } {
  const found = source.lineOf(path);
  return found === undefined ? {} : { line: found };
}
