import { z } from 'zod';
import type { CrossFault, Read } from './cross-checks.ts';
import * as leaf from './leaves.ts';
import { networkContains } from './networks.ts';

const several = <T extends z.ZodType>(item: T, description: string) =>
  z.array(item).min(1).meta({ description });

/** Calls to staff and call-backs: who pays for them is the reason for every limit here. */
export const outboundSchema = z.strictObject({
  carrier: leaf.name('The carrier that takes them, by its name under `carriers`', 'twilio'),
  domain: leaf.hostname('Domain of the carrier’s trunk, as its Request-URIs have it'),
  gateways: several(
    leaf.hostPort('A SIP address of the carrier'),
    'The carrier’s addresses in the order in which they are tried',
  ),
  callerIds: several(leaf.e164('A number of ours'), 'Numbers that may be shown as the caller'),
  destinations: z
    .array(leaf.e164('A number of staff'))
    .default([])
    .meta({ description: 'Numbers of staff that may be called; besides them, callers by callBacks alone' }),
  rate: leaf.rate('New outbound calls').prefault('10/m'),
  perDestination: leaf.rate('New calls to one destination').prefault('3/m'),
  concurrent: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .meta({ description: 'Outbound calls at one time', examples: [10] }),
  refer: z
    .enum(['pass', 'refuse'])
    .default('refuse')
    .meta({
      description:
        'A REFER of LiveKit SIP: pass it to the carrier, or refuse it, so that staff are dialled into the caller’s room',
      examples: ['refuse'],
    }),
});

/** Answers come from where calls go, so a gateway must be a known source. */
export function outboundFaults(read: Read): CrossFault[] {
  const outbound = read('outbound');
  const carriers = read('carriers');
  if (outbound === undefined || carriers === undefined) return [];
  const carrier = carriers.find(({ name }) => name === outbound.carrier);
  const nobody: CrossFault[] =
    outbound.destinations.length > 0 || read('callBacks') !== undefined
      ? []
      : [
          {
            path: ['outbound', 'destinations'],
            message: 'is empty, and there are no callBacks: nobody can be called',
            remedy: 'Add the numbers of staff, or remove outbound',
          },
        ];
  if (carrier === undefined)
    return [
      ...nobody,
      {
        path: ['outbound', 'carrier'],
        message: `there is no carrier ${outbound.carrier}`,
        remedy: `Name one of: ${carriers.map(({ name }) => name).join(', ')}`,
      },
    ];
  const strange = outbound.gateways.flatMap(({ host }, index): CrossFault[] =>
    carrier.signalling.some((net) => networkContains(net, host))
      ? []
      : [
          {
            path: ['outbound', 'gateways', index],
            message: `${host} lies in no network of the carrier ${carrier.name}`,
            remedy:
              'Its answers would be taken for a stranger’s: add the network to signalling, or correct the address',
          },
        ],
  );
  return [...nobody, ...strange];
}
