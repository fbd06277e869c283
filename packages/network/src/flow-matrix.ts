import { readFileSync } from 'node:fs';
import { CodedError, formatFaults } from '@vestibule/core';
import { parse } from 'yaml';
import { z } from 'zod';

/** Inclusive at both ends. */
export interface Ports {
  from: number;
  to: number;
}

export type Tier = 'outside' | 'public' | 'private';

export interface Place {
  name: string;
  tier: Tier;
  /** For people. */
  is: string;
}

/** Who may open a connection, or send the first datagram, to whom. */
export interface Flow {
  from: string;
  to: string;
  protocol: 'udp' | 'tcp';
  /** In a deployment; undefined where there is no such flow there. */
  deployed: Ports | undefined;
  /** On one machine; undefined where there is no such flow there. */
  here: Ports | undefined;
  why: string;
}

export interface FlowMatrix {
  places: readonly Place[];
  flows: readonly Flow[];
}

const ports = z
  .union([z.int(), z.string().regex(/^\d+-\d+$/, 'is no port and no range of ports, such as 10000-20000')])
  .transform((text): Ports => {
    const [from = NaN, to = from] = String(text).split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from >= 1 && from <= to && to <= 65535, 'is not within 1-65535');

const row = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    udp: ports.optional(),
    tcp: ports.optional(),
    here: z.union([z.literal('none'), ports]).optional(),
    only: z.literal('here').optional(),
    why: z.string().min(1),
  })
  .refine(({ udp, tcp }) => (udp === undefined) !== (tcp === undefined), 'needs either udp or tcp');

const schema = z.strictObject({
  places: z.record(
    z.string(),
    z.strictObject({ tier: z.enum(['outside', 'public', 'private']), is: z.string().min(1) }),
  ),
  flows: z.array(row).min(1),
});

/** @throws CodedError `invalid-matrix`, all faults in one. */
export function parseFlowMatrix(text: string, file: string): FlowMatrix {
  const parsed = schema.safeParse(parse(text));
  const faults = parsed.success
    ? unknownPlaces(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (!parsed.success || faults.length > 0)
    throw new CodedError<'invalid-matrix'>('invalid-matrix', formatFaults(file, faults));
  const { places, flows } = parsed.data;
  return {
    places: Object.entries(places).map(([name, place]) => ({ name, ...place })),
    flows: flows.map(flowOf),
  };
}

function flowOf({ from, to, udp, tcp, here, only, why }: z.output<typeof row>): Flow {
  const ports = udp ?? tcp;
  return {
    ...{ from, to, why },
    protocol: udp === undefined ? 'tcp' : 'udp',
    deployed: only === undefined ? ports : undefined,
    here: here === 'none' ? undefined : (here ?? ports),
  };
}

function unknownPlaces({ places, flows }: z.output<typeof schema>): { path: string; message: string }[] {
  return flows.flatMap(({ from, to }, index) =>
    [from, to]
      .filter((name) => !(name in places))
      .map((name) => ({ path: `flows.${index}`, message: `${name} is none of the places above` })),
  );
}

/** The one that is checked in. */
export function flowMatrix(): FlowMatrix {
  const file = new URL('../flow-matrix.yaml', import.meta.url);
  return parseFlowMatrix(readFileSync(file, 'utf8'), 'packages/network/flow-matrix.yaml');
}
