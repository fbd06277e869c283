import type { CrossFault, Read } from './cross-checks.ts';
import { edgesOf } from './edge-checks.ts';
import { isPrivateNetwork, networksOverlap } from './networks.ts';

/** A copy of a caller's voice goes to the app tier and nowhere else. */
export function controlFaults(read: Read): CrossFault[] {
  const edges = edgesOf(read);
  const isDeaf = read('recording') !== undefined && edges.some(({ edge }) => edge.control === undefined);
  const consumers = edges.flatMap(({ edge, path }) =>
    (edge.control?.consumers ?? []).flatMap((network, index) => {
      const message = consumerProblem(network, read);
      if (message === undefined) return [];
      const remedy = 'Name the app tier’s own networks';
      return [{ path: [...path, 'control', 'consumers', index], message, remedy }];
    }),
  );
  return isDeaf
    ? [
        { path: ['recording'], message: 'needs edge.control, which gives the recorder its audio' },
        ...consumers,
      ]
    : consumers;
}

function consumerProblem(network: string, read: Read): string | undefined {
  if (!isPrivateNetwork(network)) return `${network} is not a private network`;
  const carrier = (read('carriers') ?? []).find(({ signalling, media }) =>
    [...signalling, ...media].some((other) => networksOverlap(network, other)),
  );
  return carrier && `${network} overlaps a network of the carrier ${carrier.name}`;
}
