import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { atZone, type Config } from '@vestibule/config';
import { type Fault, formatFaults } from '@vestibule/core';
import { renderEdge } from '@vestibule/edge-config';
import { BundleError } from './errors.ts';
import type { BundledFile } from './tar.ts';

/** Where the rendered files lie on a host, which is written in them. */
const paths = { files: '/etc/vestibule/edge', run: '/run/vestibule' };

/**
 * What a deployment's hosts and tasks run on: `vestibule.yaml`, the questionnaires where it says, and `edge/ZONE/…` as rendered for each zone.
 * @param file vestibule.yaml, which `config` was read from
 * @throws BundleError `not-bundled`, all faults in one
 */
export async function deploymentFiles(config: Config, file: string): Promise<BundledFile[]> {
  const folder = relative(dirname(file), config.questionnaires);
  const faults = [...addressFaults(config), ...folderFaults(folder)];
  if (faults.length > 0) throw new BundleError('not-bundled', formatFaults(file, faults));
  const zones = [config.edge, ...config.otherZones].map(({ zone }) => zone);
  return [
    { path: 'vestibule.yaml', bytes: await readFile(file) },
    ...(await questionnaires(config.questionnaires, folder)),
    ...zones.flatMap((zone) => rendered(config, zone)),
  ];
}

function rendered(config: Config, zone: string): BundledFile[] {
  return renderEdge(atZone(config, zone), { paths }).files.map(({ path, text }) => ({
    path: `edge/${zone}/${path}`,
    bytes: Buffer.from(text),
  }));
}

async function questionnaires(directory: string, folder: string): Promise<BundledFile[]> {
  const names = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(yaml|json)$/.test(entry.name))
    .map(({ name }) => name);
  return Promise.all(
    names.map(async (name) => ({ path: join(folder, name), bytes: await readFile(join(directory, name)) })),
  );
}

/** Behind an elastic address a host cannot know what carriers see, unless it is told. */
function addressFaults({ edge, otherZones }: Config): Fault[] {
  return [edge, ...otherZones].flatMap(({ public: outer }, zone) =>
    outer.advertise === undefined
      ? [
          {
            path: `${zone === 0 ? 'edge' : `otherZones[${zone - 1}]`}.public.advertise`,
            message: 'is missing, and carriers would send their media to a private address',
            remedy: `Write the elastic address there: it is in the output Uri-${zone} of VestibuleEdge`,
          },
        ]
      : [],
  );
}

const folderFaults = (folder: string): Fault[] =>
  folder === '' || folder.startsWith('..')
    ? [{ path: 'questionnaires', message: 'must be a folder beside the file, to go with it' }]
    : [];
