import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CodedError, parseJson } from '@vestibule/core';
import { isMaterial, keySpecs, type KeyRing } from './key-ring.ts';

const time = z.iso.datetime().transform((text) => Date.parse(text));

const schema = z.object({
  standIn: z.literal('local-aws'),
  keys: z.array(
    z
      .object({
        id: z.uuid(),
        spec: z.enum(keySpecs),
        material: z.base64().transform((text) => Buffer.from(text, 'base64')),
        description: z.string(),
        enabled: z.boolean(),
        createdAt: time,
      })
      .refine(isMaterial, 'the material is no key of its spec'),
  ),
  aliases: z.array(z.object({ name: z.string(), keyId: z.uuid(), createdAt: time })),
});

/**
 * The ring in a file, or undefined when there is none.
 * @throws CodedError `unusable-file`; its message never repeats what the file holds.
 */
export async function readKeyFile(path: string): Promise<KeyRing | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CodedError('unusable-file', `${path}: cannot be read`, { cause: error });
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return { keys: parsed.data.keys, aliases: parsed.data.aliases };
  throw new CodedError(
    'unusable-file',
    `${path}: no key file of local-aws\n${z.prettifyError(parsed.error)}`,
  );
}

/**
 * Writes a ring so that the file is either the old one or the whole new one, whenever the machine stops.
 * @throws CodedError `unusable-file`
 */
export async function writeKeyFile(path: string, ring: KeyRing): Promise<void> {
  const written = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await rm(written, { force: true });
    await using file = await open(written, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(documentOf(ring), null, 2)}\n`);
    await file.sync();
    await rename(written, path);
    await using folder = await open(dirname(path));
    await folder.sync();
  } catch (error) {
    throw new CodedError('unusable-file', `${path}: cannot be written`, { cause: error });
  }
}

function documentOf({ keys, aliases }: KeyRing): z.input<typeof schema> {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    standIn: 'local-aws',
    keys: keys.map((key) => ({
      ...key,
      material: key.material.toString('base64'),
      createdAt: iso(key.createdAt),
    })),
    aliases: aliases.map((alias) => ({ ...alias, createdAt: iso(alias.createdAt) })),
  };
}
