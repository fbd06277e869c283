import type { z } from 'zod';
import { type Issue, Refusal, refusal } from '../outcome.ts';
import { isResourceType, type Resource, resources } from './resources.ts';

/** @throws Refusal 422 with every fault of the resource, each with its FHIRPath. */
export function checkResource(given: { resourceType: string }, at: string = given.resourceType): Resource {
  const { resourceType } = given;
  if (!isResourceType(resourceType)) {
    throw refusal(422, 'not-supported', `this server keeps no ${resourceType}`, at);
  }
  return check(resources[resourceType], given, at, 422);
}

/** @throws Refusal of `status` with every fault. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  at: string,
  status: number,
): z.infer<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.map((issue) => issueOf(issue, at));
  throw new Refusal(status, [first!, ...others]);
}

function issueOf(issue: z.core.$ZodIssue, at: string): Issue {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : undefined;
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return {
    code: missing ? 'required' : issue.code === 'custom' ? 'invariant' : keys ? 'structure' : 'value',
    diagnostics: keys === undefined ? issue.message : `unknown element: ${keys}`,
    expression: issue.path.reduce<string>(
      (path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`),
      at,
    ),
  };
}
