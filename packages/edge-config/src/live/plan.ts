import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tablesFolder } from '../data-tables.ts';
import type { EdgePaths } from '../kamailio/settings.ts';
import type { RenderedFile } from '../render.ts';
import { tunnelFile } from '../store.ts';

/** What a running edge needs to take a file over: an RPC command, or the daemon started again. */
export interface Effect {
  reload?: readonly string[];
  restart?: Daemon;
}
/** `store`: what speaks TLS to RTPEngine's store. */
export type Daemon = 'kamailio' | 'rtpengine' | 'store';

export interface Change extends RenderedFile {
  /** The text that is there now; undefined when there is none. */
  present: string | undefined;
  effect: Effect;
}

/** Which of the rendered files differ from those in `paths.files`, and what each takes to come into force. */
export async function planChanges(files: readonly RenderedFile[], paths: EdgePaths): Promise<Change[]> {
  const all = await Promise.all(
    files.map(async (file) => {
      const present = await readFile(join(paths.files, file.path), 'utf8').catch(() => undefined);
      return { ...file, present, effect: effectOf(file.path, present === undefined) };
    }),
  );
  return all.filter(({ text, present }) => text !== present);
}

export const restartsIn = (changes: readonly Change[]): Daemon[] => [
  ...new Set(changes.flatMap(({ effect }) => effect.restart ?? [])),
];

export const reloadsIn = (changes: readonly Change[]): (readonly string[])[] =>
  changes.flatMap(({ effect }) => (effect.reload ? [effect.reload] : []));

function effectOf(path: string, isNew: boolean): Effect {
  const [folder, table = ''] = path.split('/');
  if (folder === tablesFolder) return table === 'version' ? {} : { reload: ['htable.reload', table] };
  switch (path) {
    case 'address.list':
      return { reload: ['permissions.addressReload'] };
    case 'dispatcher.list':
      return { reload: ['dispatcher.reload'] };
    case 'tls.cfg':
      return { reload: ['tls.reload'] };
    case tunnelFile:
      // A new one has a new unit, which is started when it is enabled.
      return isNew ? {} : { restart: 'store' };
    case 'rtpengine.conf':
      return { restart: 'rtpengine' };
    case 'kamailio.cfg':
      return { restart: 'kamailio' };
    default:
      return {};
  }
}
