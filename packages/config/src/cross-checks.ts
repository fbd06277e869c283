import type { z } from 'zod';
import { controlFaults } from './control-checks.ts';
import { networkContains, networksOverlap } from './networks.ts';
import { configSchema } from './schema.ts';
import type { Path } from './source.ts';
import { tlsFaults } from './tls-checks.ts';

/** A fault between fields, before its line is known. */
export interface CrossFault {
  path: Path;
  message: string;
  remedy?: string;
}

/**
 * Checks across fields. They read the document as it stands, so that they also speak when something unrelated is
 * wrong: `read` gives the value at a path if that much of it is valid.
 */
export function crossFaults(document: unknown): CrossFault[] {
  const read = reader(document);
  return [
    ...duplicates(read, 'numbers', 'number'),
    ...duplicates(read, 'carriers', 'name'),
    ...callerFaults(read),
    ...portFaults(read),
    ...addressFaults(read),
    ...tlsFaults(read),
    ...controlFaults(read),
    ...holdFaults(read),
  ];
}

export type Shape = z.output<typeof configSchema>;
export type Read = <K extends keyof Shape>(key: K) => Shape[K] | undefined;

function reader(document: unknown): Read {
  return (key) => {
    const raw = (document as Record<string, unknown> | null)?.[key];
    const parsed = configSchema.shape[key].safeParse(raw);
    return parsed.success ? (parsed.data as Shape[typeof key]) : undefined;
  };
}

function duplicates(read: Read, list: 'numbers' | 'carriers', key: 'number' | 'name'): CrossFault[] {
  const values = (read(list) ?? []).map((item) => (item as Record<string, unknown>)[key]);
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (first === index) return [];
    return [
      {
        path: [list, index, key],
        message: `${String(value)} is already there as ${list}[${first}]`,
        remedy: 'Remove one of them',
      },
    ];
  });
}

function callerFaults(read: Read): CrossFault[] {
  const callers = read('callers');
  return (callers?.allow ?? []).flatMap((caller, index) =>
    callers?.deny.includes(caller) === true
      ? [
          {
            path: ['callers', 'allow', index],
            message: 'is on the deny list too, which always wins',
            remedy: 'Take it off one of the lists',
          },
        ]
      : [],
  );
}

/** A hold that holds nothing is worse than none: nobody looks after it. */
function holdFaults(read: Read): CrossFault[] {
  const known = new Set(['all', ...(read('numbers') ?? []).map(({ questionnaire }) => questionnaire)]);
  return (read('archive')?.legalHold ?? []).flatMap((name, index) =>
    known.has(name)
      ? []
      : [
          {
            path: ['archive', 'legalHold', index],
            message: `no number has the questionnaire ${name}`,
            remedy: `Name one of: ${[...known].join(', ')}`,
          },
        ],
  );
}

/** RTPEngine uses the RTP range on both interfaces, so no other port of the host may lie in it. */
function portFaults(read: Read): CrossFault[] {
  const edge = read('edge');
  if (edge === undefined) return [];
  const { rtp } = edge.public;
  const ports: [Path, number][] = [
    [['edge', 'public', 'sip'], edge.public.sip],
    [['edge', 'private', 'sip'], edge.private.sip],
    [['edge', 'private', 'control'], edge.private.control],
  ];
  const inRange = ports.flatMap(([path, port]) =>
    port >= rtp.from && port <= rtp.to
      ? [{ path, message: `${port} lies in the RTP range ${rtp.from}-${rtp.to}`, remedy: 'Move one of them' }]
      : [],
  );
  const clash = edge.private.sip === edge.private.control;
  return clash
    ? [...inRange, { path: ['edge', 'private', 'control'], message: 'is the port of edge.private.sip' }]
    : inRange;
}

/** A source address must tell on its own whose traffic it is. */
function addressFaults(read: Read): CrossFault[] {
  const edge = read('edge');
  const carriers = read('carriers') ?? [];
  const faults: CrossFault[] = [];
  if (edge !== undefined && edge.public.address === edge.private.address) {
    faults.push({
      path: ['edge', 'private', 'address'],
      message: 'is the public address too',
      remedy: 'Give each side an address of its own: the route tells the sides apart by it',
    });
  }
  for (const [index, { host }] of (edge?.livekitSip ?? []).entries()) {
    const carrier = carriers.find(({ signalling }) => signalling.some((net) => networkContains(net, host)));
    if (carrier === undefined) continue;
    faults.push({
      path: ['edge', 'livekitSip', index],
      message: `${host} lies in a network of the carrier ${carrier.name}`,
      remedy: 'LiveKit SIP and carriers must be told apart by their addresses',
    });
  }
  return [...faults, ...networkOverlaps(carriers)];
}

function networkOverlaps(carriers: Shape['carriers']): CrossFault[] {
  return carriers.flatMap((carrier, index) =>
    carrier.signalling.flatMap((network, position) => {
      const other = carriers
        .slice(0, index)
        .find(({ signalling }) => signalling.some((earlier) => networksOverlap(network, earlier)));
      if (other === undefined) return [];
      return [
        {
          path: ['carriers', index, 'signalling', position],
          message: `${network} overlaps a network of the carrier ${other.name}`,
          remedy: 'Carriers are told apart by their networks',
        },
      ];
    }),
  );
}
