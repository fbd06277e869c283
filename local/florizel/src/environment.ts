import { CodedError } from '@vestibule/core';
import { z } from 'zod';

export interface Environment {
  host: string;
  port: number;
  token: string;
  /** Folder of the state file. Without it the state lives in memory only. */
  data: string | undefined;
}

const schema = z.object({
  FLORIZEL_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/, 'must be host:port')
    .default('127.0.0.1:4580'),
  FLORIZEL_TOKEN: z.string().min(1),
  FLORIZEL_DATA: z.string().min(1).optional(),
});

/** @throws CodedError `invalid-environment`, naming every variable that is wrong. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CodedError('invalid-environment', faults.join('; '));
  }
  const { FLORIZEL_LISTEN, FLORIZEL_TOKEN, FLORIZEL_DATA } = parsed.data;
  const colon = FLORIZEL_LISTEN.lastIndexOf(':');
  return Object.freeze({
    host: FLORIZEL_LISTEN.slice(0, colon),
    port: Number(FLORIZEL_LISTEN.slice(colon + 1)),
    token: FLORIZEL_TOKEN,
    data: FLORIZEL_DATA,
  });
}
