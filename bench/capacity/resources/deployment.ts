import type { Figures } from '../../../infra/cost/figures.ts';
import { sizingOf } from '../../../infra/cost/sizing.ts';

/** How many there are of what a deployment has more or fewer of; quotas as the account has them. */
export interface Deployment {
  /** That are up. */
  zones: number;
  agentTasks: number;
  recorderTasks: number;
  logShards: number;
  edges: { perZone: number; vcpus: number };
  servers: { perZone: number; vcpus: number };
  sip: { perZone: number; vcpus: number };
}

/** As infra/ and vestibule.yaml have it when nothing is said. */
export function asDelivered(figures: Figures, zones: number): Deployment {
  const value = (name: string) => figures.value(name);
  return {
    zones,
    agentTasks: value('agent.mostTasks'),
    recorderTasks: value('recorder.mostTasks'),
    logShards: value('store.shards'),
    edges: { perZone: value('edge.hostsPerZone'), vcpus: value('edge.vcpus') },
    servers: { perZone: 1, vcpus: value('livekit.serverVcpus') },
    sip: { perZone: value('livekit.sipHostsPerZone'), vcpus: value('livekit.sipVcpus') },
  };
}

/** As infra/cost sizes it for so many calls, with all zones up. */
export function sizedFor(figures: Figures, calls: number): Deployment {
  const { zones, edge, server, sip, agents, recorders, logShards } = sizingOf(figures, calls);
  return {
    ...{ zones, agentTasks: agents, recorderTasks: recorders, logShards },
    ...{ edges: edge, servers: server, sip },
  };
}
