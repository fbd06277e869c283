import type { Figures } from '../../../infra/cost/figures.ts';
import { edgeCoresPerCall, maxSessions } from '../../../infra/cost/sizing.ts';
import type { Deployment } from './deployment.ts';
import { held, once, type Resource } from './resource.ts';

/** What stands on EC2. */
export function hosts(figures: Figures, { zones, edges, servers, sip }: Deployment): Resource[] {
  const value = (name: string) => figures.value(name);
  const edgeHosts = zones * edges.perZone;
  const sipHosts = zones * sip.perZone;
  const ports = value('edge.portsPerCall') + value('traffic.recordedShare') * value('edge.portsPerCopy');
  const rest = 1 + value('livekit.sipPortRestSeconds') / value('call.seconds');
  const refused = 'calls get 503, the carrier tries the next zone';
  return [
    {
      ...{
        name: 'edge: ports',
        ...held,
        perCall: ports,
        limit: edgeHosts * value('edge.ports'),
        unit: 'ports',
      },
      effect: 'copies fail first: calls without a recording',
      remedy: 'more edges, or a wider range in config, flow matrix and edge-config',
    },
    {
      ...{
        name: 'edge: max-sessions',
        ...held,
        perCall: 1,
        limit: edgeHosts * maxSessions(figures),
        unit: 'calls',
      },
      effect: refused,
      remedy: 'packages/edge-config; more edges',
    },
    {
      ...{
        name: 'edge: processor',
        ...held,
        perCall: edgeCoresPerCall(figures),
        limit: edgeHosts * edges.vcpus,
      },
      ...{
        unit: 'cores',
        effect: 'RTP late and lost on that host',
        remedy: 'larger instance; kernel module (not measured)',
      },
    },
    {
      ...{ name: 'edge: set-ups', ...once, perArrival: 1, unit: '1/s' },
      limit: edgeHosts * edges.vcpus * value('edge.setUpsPerCore'),
      ...{ effect: 'set-up slower than 200 ms', remedy: 'larger instance' },
    },
    {
      ...{ name: 'LiveKit SIP: processor', ...held, perCall: 1 / value('livekit.sipCallsPerCore') },
      ...{ limit: sipHosts * sip.vcpus, unit: 'cores', effect: '503, the edge tries the next one' },
      remedy: 'aws.livekit.sip; more under edge.livekitSip',
    },
    {
      ...{ name: 'LiveKit SIP: ports', ...held, perCall: rest, limit: sipHosts * value('livekit.sipPorts') },
      ...{ unit: 'ports', effect: '503, the edge tries the next one', remedy: 'more under edge.livekitSip' },
    },
    {
      ...{ name: 'LiveKit Server: processor', ...held, perCall: 1 / value('livekit.callsPerCore') },
      ...{
        limit: zones * servers.perZone * servers.vcpus,
        unit: 'cores',
        effect: 'audio late in rooms of that host',
      },
      remedy: 'aws.livekit.server, serversPerZone',
    },
  ];
}
