import type { CrossFault, Read, Shape } from './cross-checks.ts';
import { networkContains } from './networks.ts';
import type { Path } from './source.ts';

type Edge = Shape['edge'];

/** Every zone's edge with its place in the file. */
export function edgesOf(read: Read): { edge: Edge; path: Path }[] {
  const own = read('edge');
  const others = (read('otherZones') ?? []).map((edge, index) => ({ edge, path: ['otherZones', index] }));
  return own === undefined ? others : [{ edge: own, path: ['edge'] }, ...others];
}

/** Faults within each zone's edge, and between the zones. */
export function edgeFaults(read: Read): CrossFault[] {
  const edges = edgesOf(read);
  const carriers = read('carriers') ?? [];
  return [
    ...edges.flatMap(({ edge, path }) => [
      ...portFaults(edge, path),
      ...sideFaults(edge, path),
      ...livekitFaults(edge, path, carriers),
    ]),
    ...twice(edges, ['zone'], ({ zone }) => zone, 'is another zone’s name'),
    ...twice(edges, ['public', 'address'], ({ public: { address } }) => address, 'is another zone’s address'),
    ...twice(
      edges,
      ['private', 'address'],
      ({ private: { address } }) => address,
      'is another zone’s address',
    ),
  ];
}

/** RTPEngine uses the RTP range on both interfaces, so no other port of the host may lie in it. */
function portFaults(edge: Edge, at: Path): CrossFault[] {
  const { rtp } = edge.public;
  const ports: [Path, number][] = [
    [[...at, 'public', 'sip'], edge.public.sip],
    [[...at, 'private', 'sip'], edge.private.sip],
    [[...at, 'private', 'control'], edge.private.control],
  ];
  const inRange = ports.flatMap(([path, port]) =>
    port >= rtp.from && port <= rtp.to
      ? [{ path, message: `${port} lies in the RTP range ${rtp.from}-${rtp.to}`, remedy: 'Move one of them' }]
      : [],
  );
  const clash = edge.private.sip === edge.private.control;
  return clash
    ? [...inRange, { path: [...at, 'private', 'control'], message: 'is the port of edge.private.sip' }]
    : inRange;
}

/** A source address must tell on its own whose traffic it is. */
function sideFaults(edge: Edge, at: Path): CrossFault[] {
  if (edge.public.address !== edge.private.address) return [];
  return [
    {
      path: [...at, 'private', 'address'],
      message: 'is the public address too',
      remedy: 'Give each side an address of its own: the route tells the sides apart by it',
    },
  ];
}

function livekitFaults({ livekitSip }: Edge, at: Path, carriers: Shape['carriers']): CrossFault[] {
  return livekitSip.flatMap(({ host }, index) => {
    const carrier = carriers.find(({ signalling }) => signalling.some((net) => networkContains(net, host)));
    if (carrier === undefined) return [];
    return [
      {
        path: [...at, 'livekitSip', index],
        message: `${host} lies in a network of the carrier ${carrier.name}`,
        remedy: 'LiveKit SIP and carriers must be told apart by their addresses',
      },
    ];
  });
}

function twice(
  edges: readonly { edge: Edge; path: Path }[],
  field: Path,
  value: (edge: Edge) => string,
  message: string,
): CrossFault[] {
  const values = edges.map(({ edge }) => value(edge));
  return edges.flatMap(({ path }, index) =>
    values.indexOf(values[index] ?? '') === index
      ? []
      : [
          {
            path: [...path, ...field],
            message: `${values[index]} ${message}`,
            remedy: 'Give each zone its own',
          },
        ],
  );
}
