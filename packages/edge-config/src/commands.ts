import type { Config } from '@vestibule/config';
import { controlSocket, type EdgePaths, sizing } from './kamailio/settings.ts';

/** An argument vector; the first is the program, by its path in Debian's packages. */
export type Command = readonly [string, ...string[]];

export interface EdgeCommands {
  /** In the foreground, logging to stderr, ended by SIGTERM: the same under systemd and the local stack. */
  kamailio: Command;
  /** Likewise. Start it first: Kamailio asks it at once, and every 5 s when it was not there. */
  rtpengine: Command;
  /** Kamailio's own parser over the rendered files; exit status 0 when it takes them. */
  check: Command;
  /** New calls get 503 (the carrier takes its next URI), calls that are up go on. */
  drain: Command;
  undrain: Command;
  /** Re-read address.list and dispatcher.list; no call is touched. */
  reload: readonly Command[];
  /**
   * Re-read the certificate and its key, after a renewal; no call is touched, and files that do not fit are refused.
   * Each time keeps about half a MB of shared memory (measured on a small edge). Undefined without TLS.
   */
  reloadCertificates: Command | undefined;
  /** States of the LiveKit SIP services. */
  targets: Command;
}

const kamailioProgram = '/usr/sbin/kamailio';

export function edgeCommands(config: Config, paths: EdgePaths): EdgeCommands {
  const { shared, perProcess } = sizing(config);
  const script = `${paths.files}/kamailio.cfg`;
  const memory = ['-m', String(shared), '-M', String(perProcess)];
  return {
    kamailio: [kamailioProgram, '-f', script, '-DD', '-E', '-Y', paths.run, ...memory],
    rtpengine: [
      '/usr/bin/rtpengine',
      `--config-file=${paths.files}/rtpengine.conf`,
      '--config-section=rtpengine',
    ],
    check: [kamailioProgram, '-c', '-f', script, ...memory],
    drain: kamcmd(paths, 'htable.seti', 'switches', 'drain', '1'),
    undrain: kamcmd(paths, 'htable.seti', 'switches', 'drain', '0'),
    reload: [kamcmd(paths, 'permissions.addressReload'), kamcmd(paths, 'dispatcher.reload')],
    reloadCertificates: config.edge.public.tls === undefined ? undefined : kamcmd(paths, 'tls.reload'),
    targets: kamcmd(paths, 'dispatcher.list'),
  };
}

/** Any RPC command of this edge's Kamailio. */
export function kamcmd(paths: EdgePaths, ...command: string[]): Command {
  return ['/usr/sbin/kamcmd', '-s', `unix:${controlSocket(paths)}`, ...command];
}
