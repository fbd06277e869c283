import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tablesFolder } from '../data-tables.ts';
import type { EdgePaths } from '../kamailio/settings.ts';
import type { RenderedFile } from '../render.ts';

/** What a running edge needs to take a file over: an RPC command, or the daemon started again. */
export type Effect = { reload: readonly string[] } | { restart: Daemon } | 'none';
export type Daemon = 'kamailio' | 'rtpengine';

export interface Change extends RenderedFile {
  /** The text that is there now; undefined when there is none. */
  present: string | undefined;
  effect: Effect;
}

/** Which of the rendered files differ from those in `paths.files`, and what each takes to come into force. */
export async function planChanges(files: readonly RenderedFile[], paths: EdgePaths): Promise<Change[]> {
  const all = await Promise.all(
    files.map(async (file) => ({
      ...file,
      present: await readFile(join(paths.files, file.path), 'utf8').catch(() => undefined),
      effect: effectOf(file.path),
    })),
  );
  return all.filter(({ text, present }) => text !== present);
}

export const restartsIn = (changes: readonly Change[]): Daemon[] => [
  ...new Set(
    changes.flatMap(({ effect }) =>
      typeof effect === 'object' && 'restart' in effect ? [effect.restart] : [],
    ),
  ),
];

/** Without doubles: a command reloads all that it is about. */
export const reloadsIn = (changes: readonly Change[]): (readonly string[])[] =>
  changes.flatMap(({ effect }) => (typeof effect === 'object' && 'reload' in effect ? [effect.reload] : []));

function effectOf(path: string): Effect {
  const [folder, table = ''] = path.split('/');
  if (folder === tablesFolder) return table === 'version' ? 'none' : { reload: ['htable.reload', table] };
  switch (path) {
    case 'address.list':
      return { reload: ['permissions.addressReload'] };
    case 'dispatcher.list':
      return { reload: ['dispatcher.reload'] };
    case 'tls.cfg':
      return { reload: ['tls.reload'] };
    case 'rtpengine.conf':
      return { restart: 'rtpengine' };
    case 'kamailio.cfg':
      return { restart: 'kamailio' };
    default:
      return 'none';
  }
}
