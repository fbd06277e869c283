import { CodedError } from '@vestibule/core';
import type { Config } from './schema.ts';

/**
 * The deployment as the host of one zone sees it: `edge` is that zone's, `otherZones` are all others, in the order of the file.
 * @throws CodedError `unknown-zone`
 */
export function atZone(config: Config, zone: string): Config {
  const all = [config.edge, ...config.otherZones];
  const edge = all.find((each) => each.zone === zone);
  if (edge === undefined)
    throw new CodedError<'unknown-zone'>(
      'unknown-zone',
      `There is no zone ${zone}. Zones: ${all.map((each) => each.zone).join(', ')}`,
    );
  return { ...config, edge, otherZones: all.filter((each) => each !== edge) };
}
