import { type Config } from '@vestibule/config';
import type { Deployment } from '../../deployment.ts';

/** A host of LiveKit Server or LiveKit SIP: one container, at an address that outlives the host. */
export interface LiveKitHost {
  role: 'livekit' | 'livekit-sip';
  /** `livekit-0-0`: role, zone, number in the zone. */
  name: string;
  zone: number;
  address: string;
}

/** Last octet of the first LiveKit Server of a zone, in the first /24 of its app subnet. */
const firstServer = 200;

/** LiveKit SIP where vestibule.yaml has it, as the edge's dispatcher does; LiveKit Server beside it, in `dev` in one zone only. */
export function liveKitHosts({ config, settings, subnets }: Deployment): LiveKitHost[] {
  const { edge, otherZones } = config;
  const servers = settings.size === 'dev' ? 1 : undefined;
  const { serversPerZone } = settings.livekit;
  const sip = [edge, ...otherZones].flatMap((each, zone) => sipHosts(each, zone));
  const server = subnets
    .filter(({ kind }) => kind === 'app')
    .flatMap(({ cidr, zone }) =>
      Array.from({ length: serversPerZone }, (_, number): LiveKitHost => ({
        role: 'livekit',
        name: `livekit-${zone}-${number}`,
        zone,
        address: `${cidr.split('.').slice(0, 3).join('.')}.${firstServer + number}`,
      })),
    );
  return [...server.slice(0, servers), ...sip];
}

function sipHosts({ livekitSip }: Config['edge'], zone: number): LiveKitHost[] {
  return livekitSip.map(({ host }, number) => ({
    role: 'livekit-sip',
    name: `livekit-sip-${zone}-${number}`,
    zone,
    address: host,
  }));
}
