import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StackError } from './errors.ts';
import { isInZones } from './ports.ts';
import { cloneRoot, type Folders, foldersOf } from './folders.ts';

/** What the environment may say to the stack. Read here and nowhere else. */
export interface Environment {
  readonly folders: Folders;
  /** Which SIP service stands behind Kamailio. */
  readonly sip: { readonly kind: 'bridge' } | { readonly kind: 'livekit'; readonly binary: string };
  /** Agent worker processes. */
  readonly agents: number;
  /** vestibule.yaml, absolute. */
  readonly config: string;
  /** Latencies of the AWS stand-ins. */
  readonly awsLatency: 'measured' | 'zero';
  /** Keys of models’ providers, by variable: for agent workers, and of them only what vestibule.yaml has a use for. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** What every part inherits; nothing else of the caller's environment reaches it. */
  readonly inherited: Readonly<Record<string, string>>;
}

const schema = z.object({
  XDG_CACHE_HOME: z.string().min(1).optional(),
  SIP: z.enum(['bridge', 'livekit']).default('bridge'),
  LIVEKIT_SIP_BIN: z.string().min(1).optional(),
  VESTIBULE_AGENTS: z.coerce.number().int().min(1).max(8).default(Math.min(2, availableParallelism())),
  VESTIBULE_CONFIG: z
    .string()
    .min(1)
    .default(isInZones ? 'local/network/vestibule.yaml' : 'vestibule.yaml'),
  NET: z.enum(['zones']).optional(),
  LOCAL_AWS_LATENCY: z.enum(['measured', 'zero']).default('measured'),
});

const inheritedNames = ['HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'JAVA_HOME'];

/** @throws StackError `usage`, naming every wrong variable. */
export function readEnvironment(env: NodeJS.ProcessEnv, root = cloneRoot): Environment {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new StackError('usage', `The environment is wrong: ${faults.join('; ')}`);
  }
  const { XDG_CACHE_HOME, SIP, LIVEKIT_SIP_BIN, VESTIBULE_AGENTS, VESTIBULE_CONFIG, LOCAL_AWS_LATENCY } =
    parsed.data;
  if (SIP === 'livekit' && LIVEKIT_SIP_BIN === undefined) {
    throw new StackError('usage', 'SIP=livekit needs LIVEKIT_SIP_BIN, the path of a livekit-sip binary');
  }
  const named = inheritedNames.flatMap((name) =>
    env[name] === undefined ? [] : [[name, env[name]] as const],
  );
  return {
    folders: foldersOf(root, join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'vestibule')),
    sip:
      LIVEKIT_SIP_BIN && SIP === 'livekit'
        ? { kind: 'livekit', binary: LIVEKIT_SIP_BIN }
        : { kind: 'bridge' },
    agents: VESTIBULE_AGENTS,
    config: resolve(root, VESTIBULE_CONFIG),
    awsLatency: LOCAL_AWS_LATENCY,
    apiKeys: Object.fromEntries(
      Object.entries(env).flatMap(([name, key]) => (key && name.endsWith('_API_KEY') ? [[name, key]] : [])),
    ),
    inherited: {
      ...Object.fromEntries(named),
      PATH: [join(root, 'node_modules/.bin'), env['PATH'], '/usr/sbin'].filter(Boolean).join(':'),
    },
  };
}
