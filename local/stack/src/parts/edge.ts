import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import { edgeCommands, isKamailioUp, isRtpengineUp, writeEdge } from '@vestibule/edge-config';
import { tcp, udp } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import type { Context } from './context.ts';

/** Kamailio and RTPEngine: Debian's, with the files that an edge host gets. Writes those files. */
export async function edgeParts({ environment }: Context, config: Config): Promise<ProcessPart[]> {
  const { folders } = environment;
  const paths = { files: join(folders.run, 'edge'), run: join(folders.run, 'kamailio') };
  await writeEdge(config, { paths });
  const commands = edgeCommands(config, paths);
  const { public: outer, private: inner } = config.edge;
  const [shell, guard] = commands.beforeRtpengine;
  const [kamailio, ...kamailioArgs] = commands.kamailio;
  return [
    {
      kind: 'process',
      name: 'rtpengine',
      title: 'RTPEngine',
      command: shell,
      args: ['-c', `${shell} "$0"; exec "$@"`, guard, ...commands.rtpengine],
      endpoints: [udp(inner.address, inner.control)],
      ready: () => isRtpengineUp(config),
      after: ['redis-edge'],
    },
    {
      kind: 'process',
      name: 'kamailio',
      title: 'Kamailio',
      command: kamailio,
      args: kamailioArgs,
      endpoints: [
        udp(outer.address, outer.sip),
        tcp(outer.address, outer.sip),
        udp(inner.address, inner.sip),
      ],
      ready: () => isKamailioUp(paths),
      // It forks workers, which it ends itself when it is asked to.
      onLauncherDeath: 'SIGTERM',
      // Its first OPTIONS should find the SIP service there.
      after: ['rtpengine', 'sip'],
    },
  ];
}
