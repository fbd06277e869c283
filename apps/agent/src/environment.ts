import { apiKeysOf, type Config } from '@vestibule/config';
import { CodedError, type Fault, formatFaults, parseEnvironment, processName } from '@vestibule/core';
import { z } from 'zod';

const schema = z.object({
  VESTIBULE_CONFIG: z.string().default('vestibule.yaml'),
  VESTIBULE_WORKER: z
    .string()
    .regex(/^[\w-]+$/)
    .default(processName('worker')),
  LIVEKIT_URL: z.url(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  VESTIBULE_LOG_URL: z.string().min(1),
  /** Of the user in VESTIBULE_LOG_URL, where the URL has none. */
  VESTIBULE_LOG_PASSWORD: z.string().min(1).optional(),
  VESTIBULE_MCP_URL: z.url(),
  VESTIBULE_MCP_SECRET: z.string().min(32),
  /** Key of the hash by which the log store knows callers. Without it a caller who was cut off begins anew. Needed where `callBacks` is configured. */
  VESTIBULE_CALLER_SECRET: z.string().min(32).optional(),
  VESTIBULE_AGENT_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/)
    .default('127.0.0.1:4600'),
  /** Signs calls to staff and call-backs for the edge, which has the same key. Needed where `staff` or `callBacks` is configured. */
  VESTIBULE_TRANSFER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .optional(),
  /** How long calls may go on after SIGTERM before they are left to other workers, s. Less than what stops the process for good. */
  VESTIBULE_DRAIN_SECONDS: z.coerce.number().nonnegative().default(90),
  /** Set by ECS: where a task asks not to be ended while it holds calls. */
  ECS_AGENT_URI: z.url().optional(),
  VESTIBULE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Environment = Readonly<z.infer<typeof schema>>;

/** This file is the one place where the app reads its environment. @throws CodedError `invalid-environment`, all faults in one. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return parseEnvironment(schema, env);
}

/** The key of calls to staff and call-backs; undefined where there are none. @throws CodedError `invalid-environment` when it is missing. */
export function transferKey(
  { VESTIBULE_TRANSFER_KEY: key }: Pick<Environment, 'VESTIBULE_TRANSFER_KEY'>,
  { callBacks, staff }: Pick<Config, 'callBacks' | 'staff'>,
): string | undefined {
  if (staff === undefined && callBacks === undefined) return undefined;
  if (key !== undefined) return key;
  const whom = staff === undefined ? 'callBacks' : 'staff';
  const message = `is missing: vestibule.yaml has ${whom}, and the edge calls them with its signature only`;
  throw new CodedError(
    'invalid-environment',
    formatFaults('environment', [{ path: 'VESTIBULE_TRANSFER_KEY', message }]),
  );
}

/** The key of the hash by which callers are known. @throws CodedError `invalid-environment` when call-backs need it and it is missing. */
export function callerSecret(
  { VESTIBULE_CALLER_SECRET: secret }: Pick<Environment, 'VESTIBULE_CALLER_SECRET'>,
  { callBacks }: Pick<Config, 'callBacks'>,
): string | undefined {
  if (secret !== undefined || callBacks === undefined) return secret;
  const message =
    'is missing: vestibule.yaml has callBacks, and whoever has called again is not to be called';
  const fault = { path: 'VESTIBULE_CALLER_SECRET', message };
  throw new CodedError('invalid-environment', formatFaults('environment', [fault]));
}

/** For services that want no key, of plugins that want one. */
const placeholder = 'none';

/**
 * Keys of the configured providers that have one, by provider.
 * @throws CodedError `invalid-environment`, naming every variable that is missing.
 */
export function readApiKeys(
  { agent }: Pick<Config, 'agent'>,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const keys = apiKeysOf(agent);
  const faults = keys
    .filter(({ variable, needed }) => needed && !env[variable])
    .map(({ provider, variable }): Fault => ({
      path: variable,
      message: `is missing: agent.models names ${provider}, whose own service wants a key`,
    }));
  if (faults.length > 0) throw new CodedError('invalid-environment', formatFaults('environment', faults));
  return Object.freeze(
    Object.fromEntries(keys.map(({ provider, variable }) => [provider, env[variable] || placeholder])),
  );
}

/**
 * Bearer tokens of the configured MCP servers that want one, by server.
 * @throws CodedError `invalid-environment`, naming every variable that is missing.
 */
export function readServerTokens(
  { tools }: Pick<Config, 'tools'>,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const named = tools.servers.flatMap(({ name, tokenFrom }) =>
    tokenFrom === undefined ? [] : [{ name, variable: tokenFrom, token: env[tokenFrom] ?? '' }],
  );
  const faults = named
    .filter(({ token }) => token === '')
    .map(({ name, variable }): Fault => ({
      path: variable,
      message: `is missing: tools.servers names it as the token of ${name}`,
    }));
  if (faults.length > 0) throw new CodedError('invalid-environment', formatFaults('environment', faults));
  return Object.freeze(Object.fromEntries(named.map(({ name, token }) => [name, token])));
}
