import { type CfnResource, Validations } from 'aws-cdk-lib';

/** A store whose loss costs no record, and whose snapshots would only keep callers' numbers longer than their calls. */
export function withoutSnapshots(store: CfnResource): void {
  Validations.of(store).acknowledge({
    id: 'HIPAA.Security-ElastiCacheRedisClusterAutomaticBackup',
    reason:
      'It holds calls in progress and no record; a snapshot would keep callers’ numbers after the call. The record is in the call log and the archive.',
  });
}

/** `dev` has one node of each. */
export function inOneZone(store: CfnResource, nodes: number): void {
  if (nodes > 1) return;
  Validations.of(store).acknowledge({
    id: 'AwsSolutions-AEC4',
    reason:
      'Only aws.size: dev has one node, and its loss ends calls in progress and no record; prod has a node in each zone.',
  });
}
