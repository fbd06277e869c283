import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { root } from './processes.ts';

/** The part of the environment that commands which reach a running system need. */
export interface SystemEnvironment {
  readonly AWS_REGION: string;
  readonly AWS_ENDPOINT_URL_S3?: string | undefined;
  /** Who works, for the access log. */
  readonly VESTIBULE_ACTOR?: string | undefined;
  readonly VESTIBULE_MCP_URL?: string | undefined;
  readonly VESTIBULE_MCP_SECRET?: string | undefined;
  /** Where copies of a call's data are: see docs/compliance/copies.md. */
  readonly OPENSEARCH_URL?: string | undefined;
  readonly VESTIBULE_BACKEND_URL?: string | undefined;
  readonly VESTIBULE_BACKEND_TOKEN?: string | undefined;
  readonly VESTIBULE_FHIR_URL?: string | undefined;
  readonly VESTIBULE_FHIR_TOKEN?: string | undefined;
  readonly VESTIBULE_LOG_URL?: string | undefined;
}

const schema = z.object({
  AWS_REGION: z.string().default('us-east-1'),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  VESTIBULE_ACTOR: z.string().min(1).optional(),
  VESTIBULE_MCP_URL: z.string().optional(),
  VESTIBULE_MCP_SECRET: z.string().optional(),
  OPENSEARCH_URL: z.string().optional(),
  VESTIBULE_BACKEND_URL: z.string().optional(),
  VESTIBULE_BACKEND_TOKEN: z.string().optional(),
  VESTIBULE_FHIR_URL: z.string().optional(),
  VESTIBULE_FHIR_TOKEN: z.string().optional(),
  VESTIBULE_LOG_URL: z.string().optional(),
});

/** Any of these says that a system other than the local one is meant. */
const pointsElsewhere = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];

/**
 * Which system a command speaks to: the one that the AWS variables name, else the stack on this machine, whose addresses
 * and local secrets its own program tells. The only place of this app that reads or completes the environment.
 */
export async function systemEnvironment(): Promise<SystemEnvironment> {
  if (!pointsElsewhere.some((name) => process.env[name]) && existsSync(join(root, '.local/secrets.json'))) {
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(root, 'local/stack/src/main.ts'),
      'env',
    ]);
    const local = z.record(z.string(), z.string()).parse(JSON.parse(stdout));
    for (const [name, value] of Object.entries(local)) process.env[name] ??= value;
  }
  return schema.parse(process.env);
}
