import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Folders } from './folders.ts';

const schema = z.object({
  livekitKey: z.string(),
  livekitSecret: z.string(),
  /** HMAC key of the call tokens between agent and MCP server. */
  mcpSecret: z.string(),
  /** HMAC key of callers' numbers in the log store. */
  callerSecret: z.string(),
  /** Signs calls to staff, between agent and edge. */
  transferKey: z.string(),
  backendToken: z.string(),
  fhirToken: z.string(),
  /** One pair for everything that speaks SigV4: the AWS stand-ins and the S3 server. */
  awsAccessKeyId: z.string(),
  awsSecretAccessKey: z.string(),
});

export type Secrets = z.infer<typeof schema>;

/**
 * The clone's local secrets: made once, readable by their owner only, never committed. A file of an earlier version gets what it lacks, and
 * what it has stays, as a stack may be running on it.
 */
export function localSecrets(folders: Folders, random: (size: number) => Buffer = randomBytes): Secrets {
  const file = join(folders.state, 'secrets.json');
  const known = schema.partial().safeParse(existsSync(file) ? readJson(file) : {}).data ?? {};
  const whole = schema.safeParse(known);
  if (whole.success) return whole.data;
  const made = { ...makeSecrets(random), ...known };
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function makeSecrets(random: (size: number) => Buffer): Secrets {
  const hex = (size: number) => random(size).toString('hex');
  return {
    livekitKey: `API${hex(6)}`,
    livekitSecret: hex(32),
    mcpSecret: hex(32),
    callerSecret: hex(32),
    transferKey: hex(32),
    backendToken: hex(24),
    fhirToken: hex(24),
    awsAccessKeyId: `AKIA${hex(8).toUpperCase()}`,
    awsSecretAccessKey: hex(20),
  };
}
