import { join } from 'node:path';
import type { Config } from '@vestibule/config';
import { operatorAddress } from '@vestibule/local-network';
import { edgeCommands, type EdgePaths, isKamailioUp, isRtpengineUp, writeEdge } from '@vestibule/edge-config';
import { isInZones, tcp, udp } from '../ports.ts';
import type { ProcessPart } from '../supervise/part.ts';
import type { Folders } from '../folders.ts';
import { type Zone, zonesOf } from '../zones.ts';
import type { Context } from './context.ts';

export const edgePaths = ({ run }: Folders, suffix = ''): EdgePaths => ({
  files: join(run, `edge${suffix}`),
  run: join(run, `kamailio${suffix}`),
});

/** Kamailio and RTPEngine of each zone: Debian's, with the files that an edge host gets. Writes those files. */
export async function edgeParts(context: Context, config: Config): Promise<ProcessPart[]> {
  return (await Promise.all(zonesOf(config).map((zone) => zoneParts(context, zone)))).flat();
}

async function zoneParts(
  { environment, secrets }: Context,
  { config, suffix }: Zone,
): Promise<ProcessPart[]> {
  const paths = edgePaths(environment.folders, suffix);
  await writeEdge(config, { paths });
  const commands = edgeCommands(config, paths);
  const { public: outer, private: inner } = config.edge;
  const [shell, guard] = commands.beforeRtpengine;
  const [kamailio, ...kamailioArgs] = commands.kamailio;
  return [
    {
      kind: 'process',
      name: `rtpengine${suffix}`,
      title: 'RTPEngine',
      command: shell,
      args: ['-c', `${shell} "$0"; exec "$@"`, guard, ...commands.rtpengine],
      endpoints: [udp(inner.address, inner.control)],
      ready: () => isRtpengineUp(config, isInZones ? { from: operatorAddress } : {}),
      after: ['redis-edge'],
    },
    {
      kind: 'process',
      name: `kamailio${suffix}`,
      title: 'Kamailio',
      command: kamailio,
      args: kamailioArgs,
      env: { VESTIBULE_TRANSFER_KEY: secrets.transferKey },
      endpoints: [
        udp(outer.address, outer.sip),
        tcp(outer.address, outer.sip),
        udp(inner.address, inner.sip),
      ],
      ready: () => isKamailioUp(paths),
      // It forks workers, which it ends itself when it is asked to.
      onLauncherDeath: 'SIGTERM',
      // Its first OPTIONS should find the SIP service there.
      after: [`rtpengine${suffix}`, `sip${suffix}`],
    },
  ];
}
