import { CodedError } from '@vestibule/core';
import { z } from 'zod';

export interface Environment {
  /** Path of vestibule.yaml. */
  config: string;
  host: string;
  port: number;
  /** Key of the call tokens, at least 32 bytes. */
  secret: string;
  /** The backend's base URL; its OpenAPI file is at /openapi.yaml. */
  backendUrl: string;
  backendToken: string;
  openSearchUrl: string;
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const schema = z.object({
  VESTIBULE_CONFIG: z.string().min(1).default('vestibule.yaml'),
  VESTIBULE_MCP_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/, 'must be host:port')
    .default('127.0.0.1:4590'),
  VESTIBULE_MCP_SECRET: z.string().min(32, 'needs at least 32 bytes'),
  VESTIBULE_BACKEND_URL: url,
  VESTIBULE_BACKEND_TOKEN: z.string().regex(/^[\x21-\x7e]+$/, 'must be visible ASCII'),
  OPENSEARCH_URL: url,
});

/** @throws CodedError `invalid-environment`, naming every variable that is wrong and no value. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = schema.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CodedError('invalid-environment', faults.join('; '));
  }
  const { VESTIBULE_MCP_LISTEN: listen, ...rest } = parsed.data;
  const colon = listen.lastIndexOf(':');
  return Object.freeze({
    config: rest.VESTIBULE_CONFIG,
    host: listen.slice(0, colon),
    port: Number(listen.slice(colon + 1)),
    secret: rest.VESTIBULE_MCP_SECRET,
    backendUrl: rest.VESTIBULE_BACKEND_URL,
    backendToken: rest.VESTIBULE_BACKEND_TOKEN,
    openSearchUrl: rest.OPENSEARCH_URL,
  });
}
