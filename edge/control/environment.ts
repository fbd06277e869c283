import { parseEnvironment } from '@vestibule/core';
import { z } from 'zod';

const schema = z.object({
  /** vestibule.yaml. */
  VESTIBULE_CONFIG: z.string().min(1).default('/etc/vestibule/vestibule.yaml'),
  /** Where the rendered files are, and where Kamailio's control socket is. */
  VESTIBULE_EDGE_FILES: z.string().min(1).default('/etc/vestibule/edge'),
  VESTIBULE_EDGE_RUN: z.string().min(1).default('/run/vestibule'),
  /** The zone of this host; without it, the one under `edge`. */
  VESTIBULE_ZONE: z.string().min(1).optional(),
  VESTIBULE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Environment = Readonly<z.infer<typeof schema>>;

/** The one place where the environment is read. @throws CodedError `invalid-environment`, all faults in one. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  return parseEnvironment(schema, variables);
}
