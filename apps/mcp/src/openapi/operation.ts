import type { Fault } from '@vestibule/core';
import { z } from 'zod';
import type { Keys, Method, OpenApiDocument, RawOperation } from './document.ts';
import { resolved, Unsupported } from './schema.ts';

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema: schema.optional() })).default({});
const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().default(false),
  description: z.string().optional(),
  style: z.string().optional(),
  explode: z.boolean().optional(),
  schema: schema.default({}),
  'x-vestibule-value': z.string().optional(),
  'x-vestibule-check': z.string().optional(),
});
const operationSchema = z.object({
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content }).optional(),
  responses: z.record(z.string(), z.object({ content })).default({}),
  'x-vestibule-verified-only': z.boolean().optional(),
});

export type Parameter = z.infer<typeof parameterSchema>;
export type Operation = z.infer<typeof operationSchema> & {
  operationId: string;
  path: string;
  method: Method;
  keys: Keys;
};

/** One operation with its references in place, or everything that is wrong with it. */
export function readOperation(
  { root, fault }: Pick<OpenApiDocument, 'root' | 'fault'>,
  { node, shared, operationId, path, method, keys }: RawOperation,
): { operation: Operation } | { faults: Fault[] } {
  try {
    const parsed = operationSchema.safeParse(resolved(node, root));
    const inherited = z.array(parameterSchema).safeParse(resolved(shared ?? [], root));
    if (!parsed.success || !inherited.success) {
      const issues = [
        ...(parsed.error?.issues.map((issue) => ({ ...issue, at: keys })) ?? []),
        ...(inherited.error?.issues.map((issue) => ({ ...issue, at: keys.slice(0, 2) })) ?? []),
      ];
      return { faults: issues.map((issue) => fault([...issue.at, ...(issue.path as Keys)], issue.message)) };
    }
    const own = new Set(parsed.data.parameters.map((one) => `${one.in} ${one.name}`));
    const parameters = [
      ...inherited.data.filter((one) => !own.has(`${one.in} ${one.name}`)),
      ...parsed.data.parameters,
    ];
    return { operation: { ...parsed.data, parameters, operationId, path, method, keys } };
  } catch (error) {
    if (error instanceof Unsupported) return { faults: [fault(keys, error.message)] };
    throw error;
  }
}
