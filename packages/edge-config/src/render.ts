import type { Config } from '@vestibule/config';
import { dataTables, tablesFolder, tableText, versionText } from './data-tables.ts';
import { kamailioScript } from './kamailio/script.ts';
import { defaultTimers, type EdgePaths, type EdgeTimers } from './kamailio/settings.ts';
import { addressList, dispatcherList } from './lists.ts';
import { guardScript, restoreGuard } from './restore-guard.ts';
import { rtpengineConfig } from './rtpengine.ts';
import { isTunnelled, tunnelConfig, tunnelFile } from './store.ts';
import { tlsConfig } from './tls-config.ts';
import { units } from './units.ts';

export interface RenderedFile {
  /** Relative to `paths.files`. */
  path: string;
  text: string;
}

export interface RenderOptions {
  paths: EdgePaths;
  /** For tests that cannot wait. */
  timers?: Partial<EdgeTimers>;
}

/** Every file of one zone's edge host. The same config and paths give the same bytes. */
export function renderEdge(config: Config, { paths, timers }: RenderOptions): { files: RenderedFile[] } {
  const settings = { config, paths, timers: { ...defaultTimers, ...timers } };
  return {
    files: [
      { path: 'kamailio.cfg', text: kamailioScript(settings) },
      { path: 'address.list', text: addressList(config) },
      { path: 'dispatcher.list', text: dispatcherList(config) },
      ...dataTables(config).map((table) => ({
        path: `${tablesFolder}/${table.name}`,
        text: tableText(table),
      })),
      { path: `${tablesFolder}/version`, text: versionText },
      ...tlsFiles(config),
      ...tunnelFiles(config),
      { path: 'rtpengine.conf', text: rtpengineConfig(config) },
      { path: guardScript, text: restoreGuard(config) },
      ...units(config, paths),
    ],
  };
}

const tunnelFiles = ({ edge }: Config): RenderedFile[] =>
  isTunnelled(edge) ? [{ path: tunnelFile, text: tunnelConfig(edge) }] : [];

const tlsFiles = ({ edge }: Config): RenderedFile[] =>
  edge.public.tls === undefined ? [] : [{ path: 'tls.cfg', text: tlsConfig(edge.zone, edge.public.tls) }];
