import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Stores } from '../compute/stores.ts';
import type { Deployment } from '../deployment.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { accessLogBucket, archiveBucket, trailBucket } from './buckets.ts';
import { addEnrichment } from './enrich/function.ts';
import { eventBusOf } from './events.ts';
import { addGuardDuty } from './guard-duty.ts';
import { type EnrichQueues, enrichQueues, tellOfManifests } from './queues.ts';
import { replicate } from './replication.ts';
import { addTrail } from './trail.ts';

/**
 * Where sealed records rest, and what happens to them then: the archive under Object Lock, enrichment behind its events, and who did what there
 * (CloudTrail, GuardDuty).
 */
export class ArchiveStack extends Stack {
  readonly bucket: s3.Bucket;
  /** For the other buckets of the deployment, too. */
  readonly accessLogs: s3.Bucket;
  readonly enrich: lambda.Function;
  readonly queues: EnrichQueues;

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    network: NetworkStack,
    keys: KeysStack,
    { openSearch }: Pick<Stores, 'openSearch'>,
    props: StackProps,
  ) {
    super(scope, id, props);
    const { config, settings } = deployment;
    this.accessLogs = accessLogBucket(this, deployment);
    this.bucket = archiveBucket(this, deployment, keys, this.accessLogs);
    this.queues = enrichQueues(this, keys);
    tellOfManifests(this.bucket, config.archive.bucket, this.queues.sealed, keys);
    if (settings.replicate !== undefined) replicate(this.bucket, keys, settings.replicate);
    const eventBus = eventBusOf(this, deployment);
    const surroundings = { deployment, network, keys, openSearch, queues: this.queues, eventBus };
    this.enrich = addEnrichment(this, surroundings);
    if (settings.dataTrail ?? settings.size === 'prod')
      addTrail(this, deployment, keys, trailBucket(this, deployment, keys, this.accessLogs));
    if (settings.guardDuty ?? settings.size === 'prod') addGuardDuty(this);
  }
}
