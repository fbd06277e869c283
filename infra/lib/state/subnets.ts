import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';

/** What every store is put into. */
export interface StorePlace {
  deployment: Deployment;
  network: NetworkStack;
  keys: KeysStack;
}

/** The data subnets of the first `count` zones. */
export function dataSubnets({ deployment, network }: StorePlace, count = deployment.zones.length): string[] {
  return deployment.zones.slice(0, count).map((_, zone) => network.subnetId('data', zone));
}

/** The flow matrix has the stores there. */
export const storePort = 6379;
