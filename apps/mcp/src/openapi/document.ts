import { CodedError } from '@vestibule/core';
import { parse } from 'yaml';
import { z } from 'zod';

export type OpenApiErrorCode = 'invalid-openapi' | 'unsupported-openapi';
export type JsonSchema = Record<string, unknown>;

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: z.record(z.string(), z.unknown()).default({}),
});
const content = z
  .record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() }))
  .default({});
const operationSchema = z.object({
  operationId: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content }).optional(),
  responses: z.record(z.string(), z.object({ content })).default({}),
  'x-vestibule-verified-only': z.boolean().optional(),
});
export type Parameter = z.infer<typeof parameterSchema>;
export type Operation = z.infer<typeof operationSchema> & { path: string; method: Method };

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

const documentSchema = z.object({
  openapi: z.string().regex(/^3\.1\./, 'only OpenAPI 3.1 is understood'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/**
 * The operations of an OpenAPI 3.1 file, by operationId, with every local `$ref` put in place.
 * @throws CodedError `invalid-openapi`, or `unsupported-openapi` for recursive schemas and references elsewhere.
 */
export function parseOpenApi(text: string): Map<string, Operation> {
  const root: unknown = parse(text, { maxAliasCount: 100 });
  const document = narrow(documentSchema, resolve(root, root, []));
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document.paths)) {
    const shared = narrow(z.array(parameterSchema).default([]), item['parameters']);
    for (const method of methods) {
      if (item[method] === undefined) continue;
      const operation = narrow(operationSchema, item[method]);
      const own = new Set(operation.parameters.map((one) => `${one.in} ${one.name}`));
      const inherited = shared.filter((one) => !own.has(`${one.in} ${one.name}`));
      const whole = { ...operation, parameters: [...inherited, ...operation.parameters], path, method };
      if (whole.operationId !== undefined) operations.set(whole.operationId, whole);
    }
  }
  return operations;
}

function narrow<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CodedError<OpenApiErrorCode>('invalid-openapi', z.prettifyError(parsed.error));
}

/** `trail` holds the references being followed: one met again is a cycle. Siblings of `$ref` win, as 3.1 has it. */
function resolve(node: unknown, root: unknown, trail: readonly string[]): unknown {
  if (Array.isArray(node)) return node.map((item) => resolve(item, root, trail));
  if (node === null || typeof node !== 'object') return node;
  const { $ref, ...members } = node as Record<string, unknown>;
  const own = Object.fromEntries(
    Object.entries(members).map(([key, member]) => [key, resolve(member, root, trail)]),
  );
  if (typeof $ref !== 'string') return own;
  if (!$ref.startsWith('#/') || trail.includes($ref)) {
    throw new CodedError<OpenApiErrorCode>('unsupported-openapi', `cannot follow ${$ref}`);
  }
  return { ...(resolve(at(root, $ref), root, [...trail, $ref]) as object), ...own };
}

function at(root: unknown, pointer: string): unknown {
  let node = root;
  for (const segment of pointer.slice(2).split('/')) {
    const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    node = (node as Record<string, unknown> | undefined)?.[key];
  }
  if (node === null || typeof node !== 'object') {
    throw new CodedError<OpenApiErrorCode>('invalid-openapi', `${pointer} leads nowhere`);
  }
  return node;
}
