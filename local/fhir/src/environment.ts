import { CodedError } from '@vestibule/core';
import { z } from 'zod';

export interface Environment {
  host: string;
  /** 0 takes any free one. */
  port: number;
  token: string;
}

const schema = z.object({
  LOCAL_FHIR_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/, 'must be host:port')
    .default('127.0.0.1:4585'),
  LOCAL_FHIR_TOKEN: z.string().min(1),
});

/** @throws CodedError `invalid-environment`, naming every variable that is wrong. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CodedError('invalid-environment', faults.join('; '));
  }
  const { LOCAL_FHIR_LISTEN: listen, LOCAL_FHIR_TOKEN: token } = parsed.data;
  const colon = listen.lastIndexOf(':');
  return Object.freeze({ host: listen.slice(0, colon), port: Number(listen.slice(colon + 1)), token });
}
