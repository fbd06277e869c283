import { atZone, type Config } from '@vestibule/config';
import { namespaceOf } from '@vestibule/local-network';
import { isInZones } from './ports.ts';
import type { Part } from './supervise/part.ts';

/** With NET=zones the zones of vestibule.yaml stand in this order; a machine without them runs the first alone. */
const letters = ['a', 'b'] as const;

/** One zone of the deployment, as its edge host sees it. */
export interface Zone {
  config: Config;
  /** Of the names of its parts: nothing for the first. */
  suffix: string;
}

export function zonesOf(config: Config): Zone[] {
  const zones = isInZones ? [config.edge, ...config.otherZones] : [config.edge];
  return zones.slice(0, letters.length).map(({ zone }, index) => ({
    config: atZone(config, zone),
    suffix: index === 0 ? '' : `-${letters[index]}`,
  }));
}

/** Which host of local/network a part runs on. */
const hostOfPart: Readonly<Record<string, string>> = {
  'redis-bus': 'bus',
  'redis-log': 'call-log',
  'redis-edge': 'edge-store',
  florizel: 'backend',
  fhir: 'backend',
  's3-events': 'enrich',
  sip: 'livekit-sip-a',
  'sip-b': 'livekit-sip-b',
  ...Object.fromEntries(
    ['rtpengine', 'kamailio', 'edge-control'].flatMap((name) => [
      [name, 'edge-a'],
      [`${name}-b`, 'edge-b'],
    ]),
  ),
};

/** With NET=zones each process in its host's network namespace; without, as they are. */
export function placed(parts: readonly Part[]): Part[] {
  if (!isInZones) return [...parts];
  return parts.map((part) => {
    if (part.kind === 'task') return part;
    const name = part.name.replace(/^agent-\d+$/, 'agent');
    return { ...part, namespace: namespaceOf(hostOfPart[name] ?? name) };
  });
}
