import { dirname, resolve } from 'node:path';
import type { Fault } from '@vestibule/core';
import type { z } from 'zod';
import { crossFaults } from './cross-checks.ts';
import { egressFaults } from './egress.ts';
import { deepFreeze } from './freeze.ts';
import { type Config, configSchema } from './schema.ts';
import { shapeFaults } from './shape-faults.ts';
import { formatPath, readYaml, type Source } from './source.ts';

export interface ParseResult {
  /** Absent when there are faults. Deep-frozen. */
  config?: Config;
  /** Every fault of the file, in the order of its lines. */
  faults: Fault[];
}

/**
 * Reads a vestibule.yaml without touching the disk. `file` places the directories that the text names; it need
 * not exist. Whether they and the plugins are there is `checkDeployment`'s to say.
 */
export function parseConfig(text: string, file: string): ParseResult {
  const source = readYaml(text);
  if (source.faults.length > 0) return { faults: source.faults };
  const parsed = configSchema.safeParse(source.value ?? {});
  const faults = [
    ...(parsed.success ? [] : shapeFaults(parsed.error.issues, source)),
    ...[...crossFaults(source.value), ...egressFaults(source.value)].map((fault) => place(fault, source)),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (!parsed.success || faults.length > 0) return { faults };
  return { config: deepFreeze(placed(parsed.data, dirname(file))), faults };
}

type Parsed = z.output<typeof configSchema>;

/** Directories and certificates are relative to the file that names them. */
function placed(config: Parsed, folder: string): Config {
  return {
    ...config,
    edge: placedEdge(config.edge, folder),
    otherZones: config.otherZones.map((edge) => placedEdge(edge, folder)),
    questionnaires: resolve(folder, config.questionnaires),
  };
}

function placedEdge(edge: Parsed['edge'], folder: string): Parsed['edge'] {
  const at = (path: string) => resolve(folder, path);
  const { tls } = edge.public;
  const { control } = edge;
  return {
    ...edge,
    public: {
      ...edge.public,
      ...(tls && {
        tls: { ...tls, certificate: at(tls.certificate), key: at(tls.key), authorities: at(tls.authorities) },
      }),
    },
    ...(control && {
      control: {
        ...control,
        certificate: at(control.certificate),
        key: at(control.key),
        authorities: at(control.authorities),
        grants: at(control.grants),
      },
    }),
  };
}

function place(
  { path, message, remedy }: { path: readonly PropertyKey[]; message: string; remedy?: string },
  source: Source,
): Fault {
  const line = source.lineOf(path);
  return {
    path: formatPath(path),
    ...(line === undefined ? {} : { line }),
    message,
    ...(remedy === undefined ? {} : { remedy }),
  };
}
