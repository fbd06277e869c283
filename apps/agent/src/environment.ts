import { CodedError, type Fault, formatFaults } from '@vestibule/core';
import { z } from 'zod';

const schema = z.object({
  VESTIBULE_CONFIG: z.string().default('vestibule.yaml'),
  VESTIBULE_WORKER: z
    .string()
    .regex(/^[\w-]+$/)
    .default(`worker-${process.pid}`),
  LIVEKIT_URL: z.url(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  VESTIBULE_LOG_URL: z.url(),
  VESTIBULE_MCP_URL: z.url(),
  VESTIBULE_MCP_SECRET: z.string().min(32),
  VESTIBULE_AGENT_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/)
    .default('127.0.0.1:4600'),
  VESTIBULE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Environment = Readonly<z.infer<typeof schema>>;

/** The one place where this app reads its environment. @throws CodedError `invalid-environment`, all faults in one. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = schema.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map((issue): Fault => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  throw new CodedError('invalid-environment', formatFaults('environment', faults));
}
