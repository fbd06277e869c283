import { CodedError, type Fault, formatFaults } from '@vestibule/core';
import { z } from 'zod';
import type { RtpListen } from './rtp/receiver.ts';

const file = z.string().min(1);

function rtpListen(text: string, context: z.RefinementCtx): RtpListen {
  const [, host = '', from, to] = /^([\d.]+):(\d{4,5})-(\d{4,5})$/.exec(text) ?? [];
  const listen = { host, from: Number(from), to: Number(to) };
  if (
    z.ipv4().safeParse(host).success &&
    listen.from >= 1024 &&
    listen.to <= 65534 &&
    listen.to > listen.from
  )
    return listen;
  context.addIssue({
    code: 'custom',
    message: 'must be an IPv4 address and ports, such as 10.20.2.15:20000-20999',
  });
  return z.NEVER;
}

const schema = z.object({
  VESTIBULE_CONFIG: z.string().default('vestibule.yaml'),
  VESTIBULE_RECORDER: z
    .string()
    .regex(/^[\w-]+$/)
    .default(`recorder-${process.pid}`),
  VESTIBULE_LOG_URL: z.string().min(1),
  /** Where the copies of the media are received: two even ports a recording. */
  VESTIBULE_RECORDER_RTP: z.string().transform(rtpListen),
  /** Of the health check. */
  VESTIBULE_RECORDER_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/)
    .default('127.0.0.1:4620'),
  /** PEM files: what edge/control knows us by, and whom its certificate must come from. */
  VESTIBULE_RECORDER_CERTIFICATE: file,
  VESTIBULE_RECORDER_KEY: file,
  VESTIBULE_RECORDER_AUTHORITIES: file,
  /** PEM file: the private key (Ed25519) that grants for the edge are signed with. */
  VESTIBULE_GRANT_KEY: file,
  /** Recordings at one time: a call holds about 1 MB a minute of this process's memory. */
  VESTIBULE_RECORDER_CALLS: z.coerce.number().int().min(1).max(1000).default(50),
  VESTIBULE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Environment = Readonly<z.infer<typeof schema>>;

/** The one place where the app reads its environment. @throws CodedError `invalid-environment`, all faults in one. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = schema.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map(({ path, message }): Fault => ({ path: path.join('.'), message }));
  throw new CodedError('invalid-environment', formatFaults('environment', faults));
}
