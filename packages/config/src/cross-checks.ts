import type { z } from 'zod';
import { callBackFaults } from './call-backs.ts';
import { controlFaults } from './control-checks.ts';
import { edgeFaults } from './edge-checks.ts';
import { networksOverlap } from './networks.ts';
import { outboundFaults } from './outbound.ts';
import { configSchema } from './schema.ts';
import type { Path } from './source.ts';
import { staffFaults } from './staff.ts';
import { tlsFaults } from './tls-checks.ts';
import { toolFaults } from './tools.ts';

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
    ...edgeFaults(read),
    ...networkOverlaps(read('carriers') ?? []),
    ...tlsFaults(read),
    ...controlFaults(read),
    ...holdFaults(read),
    ...outboundFaults(read),
    ...staffFaults(read),
    ...callBackFaults(read),
    ...toolFaults(read),
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
