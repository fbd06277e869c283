import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { parseEnvironment, processName } from '@vestibule/core';
import { z } from 'zod';
import type { RtpListen } from './rtp/receiver.ts';

type PemName = (typeof pemNames)[number];
export const pemNames = [
  ...(['VESTIBULE_RECORDER_CERTIFICATE', 'VESTIBULE_RECORDER_KEY'] as const),
  ...(['VESTIBULE_RECORDER_AUTHORITIES', 'VESTIBULE_GRANT_KEY'] as const),
] as const;

/** A PEM text: in a file (`NAME`), or in the variable itself (`NAME_PEM`), as ECS gives secrets to a container. */
const pem = <N extends PemName>(name: N) =>
  ({
    [name]: z.string().min(1).optional(),
    [`${name}_PEM`]: z.string().startsWith('-----BEGIN ').optional(),
  }) as Record<N | `${N}_PEM`, z.ZodOptional<z.ZodString>>;

/** The address of a task on ECS, which nobody knows before it runs. Empty when there is not exactly one. */
function ownAddress(): string {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
    );
  return found.length === 1 ? found[0]!.address : '';
}

function rtpListen(text: string, context: z.RefinementCtx): RtpListen {
  const [, named = '', from, to] = /^(own|[\d.]+):(\d{4,5})-(\d{4,5})$/.exec(text) ?? [];
  const host = named === 'own' ? ownAddress() : named;
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
    message:
      'must be an IPv4 address and ports, such as 10.20.2.15:20000-20999, or own:20000-20999 on a host with one address',
  });
  return z.NEVER;
}

const variables = z.object({
  VESTIBULE_CONFIG: z.string().default('vestibule.yaml'),
  VESTIBULE_RECORDER: z
    .string()
    .regex(/^[\w-]+$/)
    .default(processName('recorder')),
  VESTIBULE_LOG_URL: z.string().min(1),
  /** Of the user in VESTIBULE_LOG_URL, where the URL has none. */
  VESTIBULE_LOG_PASSWORD: z.string().min(1).optional(),
  /** Where the copies of the media are received: two even ports a recording. `own:` is this host's one address besides loopback. */
  VESTIBULE_RECORDER_RTP: z.string().transform(rtpListen),
  /** Of the health check. */
  VESTIBULE_RECORDER_LISTEN: z
    .string()
    .regex(/^[^:]+:\d+$/)
    .default('127.0.0.1:4620'),
  /** What edge/control knows us by, and whom its certificate must come from. */
  ...pem('VESTIBULE_RECORDER_CERTIFICATE'),
  ...pem('VESTIBULE_RECORDER_KEY'),
  ...pem('VESTIBULE_RECORDER_AUTHORITIES'),
  /** The private key (Ed25519) that grants for the edge are signed with. */
  ...pem('VESTIBULE_GRANT_KEY'),
  /** Recordings at one time: a call holds about 1 MB a minute of this process's memory. */
  VESTIBULE_RECORDER_CALLS: z.coerce.number().int().min(1).max(1000).default(50),
  /** Set by ECS: where a task asks not to be ended while it records. */
  ECS_AGENT_URI: z.url().optional(),
  VESTIBULE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

const schema = pemNames.reduce(
  (all, name) =>
    all.refine((read) => (read[name] === undefined) !== (read[`${name}_PEM`] === undefined), {
      path: [name],
      message: `set it to a file, or ${name}_PEM to the text`,
      when: () => true,
    }),
  variables,
);

/** One of the four PEM texts. @throws what reading its file throws */
export async function readPem(env: Environment, name: PemName): Promise<string> {
  return env[`${name}_PEM`] ?? (await readFile(env[name]!, 'utf8'));
}

export type Environment = Readonly<z.infer<typeof schema>>;

/** The one place where the app reads its environment. @throws CodedError `invalid-environment`, all faults in one. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return parseEnvironment(schema, env);
}
