import type { CrossFault, Read } from './cross-checks.ts';
import { isPrivateNetwork, networksOverlap } from './networks.ts';

/** A copy of a caller's voice goes to the app tier and nowhere else. */
export function controlFaults(read: Read): CrossFault[] {
  const edge = read('edge');
  if (edge === undefined) return [];
  const { control } = edge;
  const consumers = (control?.consumers ?? []).flatMap((network, index) => {
    const message = consumerProblem(network, read);
    if (message === undefined) return [];
    const remedy = 'Name the app tier’s own networks';
    return [{ path: ['edge', 'control', 'consumers', index], message, remedy }];
  });
  return control === undefined && read('recording') !== undefined
    ? [{ path: ['recording'], message: 'needs edge.control, which gives the recorder its audio' }]
    : consumers;
}

function consumerProblem(network: string, read: Read): string | undefined {
  if (!isPrivateNetwork(network)) return `${network} is not a private network`;
  const carrier = (read('carriers') ?? []).find(({ signalling, media }) =>
    [...signalling, ...media].some((other) => networksOverlap(network, other)),
  );
  return carrier && `${network} overlaps a network of the carrier ${carrier.name}`;
}
