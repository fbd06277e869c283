import { CodedError, type Fault } from '@vestibule/core';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

export type OpenApiErrorCode = 'invalid-openapi';
export type JsonSchema = Record<string, unknown>;
export type Keys = readonly (string | number)[];

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

const documentSchema = z.object({
  openapi: z.string().regex(/^3\.[01]\./, 'only OpenAPI 3.0 and 3.1 are understood'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** An operation as the file has it, nothing of it read yet. */
export interface RawOperation {
  operationId: string;
  method: Method;
  path: string;
  keys: Keys;
  node: unknown;
  /** Parameters of its path as a whole. */
  shared: unknown;
}

export interface OpenApiDocument {
  root: unknown;
  operations: readonly RawOperation[];
  /** A fault at a place of the file, with its line. */
  fault(keys: Keys, message: string, remedy?: string): Fault;
}

/**
 * The operations of an OpenAPI 3.0 or 3.1 file that have an operationId. Nothing else is read: what nobody asks for may be as it likes.
 * @throws CodedError `invalid-openapi`: it is not such a file at all.
 */
export function readDocument(text: string): OpenApiDocument {
  const lines = new LineCounter();
  const source = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  const [broken] = source.errors;
  if (broken) throw new CodedError<OpenApiErrorCode>('invalid-openapi', broken.message.split('\n')[0] ?? '');
  const root: unknown = source.toJS({ maxAliasCount: 100 });
  const document = documentSchema.safeParse(root);
  if (!document.success) {
    const faults = document.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CodedError<OpenApiErrorCode>('invalid-openapi', faults.join('; '));
  }
  const lineOf = (keys: Keys): number | undefined => {
    let node: unknown = source.contents;
    let at: number | undefined;
    for (const key of keys) {
      if (isMap(node)) {
        const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key));
        at = isScalar(pair?.key) ? (pair.key.range?.[0] ?? at) : at;
      }
      node = (node as { get?: (key: string | number, keep: true) => unknown } | undefined)?.get?.(key, true);
    }
    return at === undefined ? undefined : lines.linePos(at).line;
  };
  return {
    root,
    operations: Object.entries(document.data.paths).flatMap(([path, item]) => operationsOf(path, item)),
    fault: (keys, message, remedy) => {
      const line = lineOf(keys);
      return {
        path: keys.join('.'),
        ...(line !== undefined && { line }),
        message,
        ...(remedy !== undefined && { remedy }),
      };
    },
  };
}

function operationsOf(path: string, item: Record<string, unknown>): RawOperation[] {
  return methods.flatMap((method) => {
    const node = item[method];
    const operationId = (node as { operationId?: unknown } | undefined)?.operationId;
    if (typeof operationId !== 'string') return [];
    return [{ operationId, method, path, keys: ['paths', path, method], node, shared: item['parameters'] }];
  });
}
