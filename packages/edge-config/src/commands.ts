import type { Config } from '@vestibule/config';
import { controlSocket, type EdgePaths, sizing } from './kamailio/settings.ts';
import { guardScript } from './restore-guard.ts';
import { isTunnelled, tunnelFile } from './store.ts';

/** An argument vector; the first is the program, by its path in Debian's packages. */
export type Command = readonly [string, ...string[]];

export interface EdgeCommands {
  /** In the foreground, logging to stderr, ended by SIGTERM: the same under systemd and the local stack. */
  kamailio: Command;
  /** To be run before each start of RTPEngine: see restore-guard.ts. */
  beforeRtpengine: readonly [string, string];
  /** TLS to the store, where it is `rediss:`; as kamailio. Before RTPEngine, which takes its calls from the store once, when it starts. */
  tunnel?: Command;
  /** As kamailio. Start it first: Kamailio asks it at once, and every 5 s when it was not there. */
  rtpengine: Command;
  /** Kamailio's own parser over the rendered files; exit status 0 when it takes them. */
  check: Command;
}

const kamailioProgram = '/usr/sbin/kamailio';

export function edgeCommands(config: Config, paths: EdgePaths): EdgeCommands {
  const { shared, perProcess } = sizing(config);
  const script = `${paths.files}/kamailio.cfg`;
  const memory = ['-m', String(shared), '-M', String(perProcess)];
  return {
    kamailio: [kamailioProgram, '-f', script, '-DD', '-E', '-Y', paths.run, ...memory],
    beforeRtpengine: ['/bin/sh', `${paths.files}/${guardScript}`],
    ...(isTunnelled(config.edge) ? { tunnel: ['/usr/bin/stunnel4', `${paths.files}/${tunnelFile}`] } : {}),
    rtpengine: [
      '/usr/bin/rtpengine',
      `--config-file=${paths.files}/rtpengine.conf`,
      '--config-section=rtpengine',
    ],
    check: [kamailioProgram, '-c', '-f', script, ...memory],
  };
}

/** Any RPC command of this edge's Kamailio. */
export function kamcmd(paths: EdgePaths, ...command: string[]): Command {
  return ['/usr/sbin/kamcmd', '-s', `unix:${controlSocket(paths)}`, ...command];
}
