import { z } from 'zod';
import { CodedError } from '@vestibule/core';

const listenAddress = z
  .string()
  .regex(/^[^\s]+:\d{1,5}$/, 'must be host:port, for instance 127.0.0.1:4570 (port 0: any free one)')
  .transform((text) => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
  });

const schema = z.object({
  LOCAL_AWS_LISTEN: listenAddress.default({ host: '127.0.0.1', port: 4570 }),
  LOCAL_AWS_LATENCY: z.enum(['measured', 'zero']).default('measured'),
  LOCAL_AWS_SEED: z.coerce.number().int().default(1),
  LOCAL_AWS_ACCESS_KEY_ID: z.string().min(1),
  LOCAL_AWS_SECRET_ACCESS_KEY: z.string().min(1),
  LOCAL_AWS_VOCABULARIES: z.string().min(1).default('examples/vocabularies'),
  LOCAL_AWS_CERTIFICATES: z.string().min(1).optional(),
  LOCAL_AWS_KMS_KEYS: z.string().min(1).optional(),
  LOCAL_AWS_EVENTS_FILE: z.string().min(1).optional(),
});

export interface Environment {
  readonly listen: { readonly host: string; readonly port: number };
  /** `measured`: the services' own latencies; `zero`: as fast as the machine can. */
  readonly latency: 'measured' | 'zero';
  readonly seed: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Folder of `<name>.txt` phrase lists that vocabulary and language-model names pick. */
  readonly vocabularies: string;
  /** Folder for a generated TLS certificate; without it the port speaks cleartext only. */
  readonly certificates?: string;
  /** File of KMS's keys, made when it is not there; without it they live as long as the process. */
  readonly kmsKeys?: string;
  /** File that gets a line for each event put on a bus. */
  readonly eventsFile?: string;
}

/**
 * Reads the whole configuration, once.
 * @throws CodedError `invalid-environment` naming every variable that is wrong.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new CodedError('invalid-environment', faults.join('\n'));
  }
  const read = parsed.data;
  return Object.freeze({
    listen: read.LOCAL_AWS_LISTEN,
    latency: read.LOCAL_AWS_LATENCY,
    seed: read.LOCAL_AWS_SEED,
    credentials: {
      accessKeyId: read.LOCAL_AWS_ACCESS_KEY_ID,
      secretAccessKey: read.LOCAL_AWS_SECRET_ACCESS_KEY,
    },
    vocabularies: read.LOCAL_AWS_VOCABULARIES,
    ...(read.LOCAL_AWS_CERTIFICATES === undefined ? {} : { certificates: read.LOCAL_AWS_CERTIFICATES }),
    ...(read.LOCAL_AWS_KMS_KEYS === undefined ? {} : { kmsKeys: read.LOCAL_AWS_KMS_KEYS }),
    ...(read.LOCAL_AWS_EVENTS_FILE === undefined ? {} : { eventsFile: read.LOCAL_AWS_EVENTS_FILE }),
  });
}
