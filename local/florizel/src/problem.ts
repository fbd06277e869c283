import { CodedError } from '@vestibule/core';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';

const problems = {
  unauthorised: [401, 'A bearer token is needed'],
  'not-json': [400, 'The body is not JSON'],
  'idempotency-key-missing': [400, 'The Idempotency-Key header is missing'],
  'idempotency-conflict': [422, 'The Idempotency-Key was used with another body'],
  'invalid-request': [422, 'The request does not fit its schema'],
  erased: [410, 'What this key made was erased'],
  'unknown-patient': [422, 'There is no such patient'],
  'not-found': [404, 'There is no such resource'],
  'out-of-order': [503, 'Out of order, on request of a test'],
  internal: [500, 'Something went wrong'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemCode = keyof typeof problems;

/** RFC 9457, with a machine-readable `code`. */
export function problem(
  context: Context,
  code: ProblemCode,
  faults?: { path: string; message: string }[],
): Response {
  const [status, title] = problems[code];
  const body = { type: `urn:florizel:problem:${code}`, title, status, code, ...(faults && { faults }) };
  return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}

/** Carries a problem out of a handler; its faults name paths and rules, never what was sent. */
export class Refusal extends CodedError<ProblemCode> {
  readonly faults: { path: string; message: string }[] | undefined;

  constructor(code: ProblemCode, faults?: { path: string; message: string }[]) {
    super(code, code);
    this.faults = faults;
  }
}

/** @throws Refusal `invalid-request`, with every fault. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Refusal('invalid-request', faults);
}
