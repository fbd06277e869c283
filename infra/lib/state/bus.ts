import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { plainGroup } from './replication-group.ts';
import type { StoreSizes } from './sizes.ts';
import type { StorePlace } from './subnets.ts';

/** LiveKit's bus: cluster mode off, because LiveKit's commands span hash slots. */
export const addBus = (
  scope: Construct,
  place: StorePlace,
  { bus: node, nodes }: StoreSizes,
): { address: string; password: ISecret } =>
  plainGroup(scope, place, { name: 'bus', what: 'the bus of LiveKit', node, nodes, token: 'BusToken' });
