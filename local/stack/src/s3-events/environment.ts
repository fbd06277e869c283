import { z } from 'zod';
import { StackError } from '../errors.ts';

export interface S3EventsEnvironment {
  readonly host: string;
  readonly port: number;
  /** Absolute path of a module that exports `handler(event)`. */
  readonly handler: string;
  /** Only objects whose key ends so reach the handler, as the bucket's notification filter says in production. */
  readonly suffix: string;
}

const schema = z.object({
  S3_EVENTS_LISTEN: z.string().regex(/^[^:]+:\d+$/, 'must be host:port'),
  S3_EVENTS_HANDLER: z.string().min(1),
  S3_EVENTS_SUFFIX: z.string(),
});

/** @throws StackError `usage`, naming every wrong variable. */
export function readS3EventsEnvironment(env: NodeJS.ProcessEnv): S3EventsEnvironment {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new StackError('usage', faults.join('; '));
  }
  const [host = '', port] = parsed.data.S3_EVENTS_LISTEN.split(':');
  return {
    host,
    port: Number(port),
    handler: parsed.data.S3_EVENTS_HANDLER,
    suffix: parsed.data.S3_EVENTS_SUFFIX,
  };
}
