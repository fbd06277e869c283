import type { Figures } from '../../../infra/cost/figures.ts';
import { logCommandsPerCall, logGigabytes } from '../../../infra/cost/sizing.ts';
import type { Deployment } from './deployment.ts';
import { held, once, type Resource } from './resource.ts';

/** Call log, archive and what follows it. */
export function stores(figures: Figures, { logShards }: Deployment): Resource[] {
  const value = (name: string) => figures.value(name);
  const puts = { perCall: value('agent.journalPutsPerSecond') / value('agent.callsPerTask') };
  const slow = 'entries late, so that turns are; leases end: take-overs';
  return [
    {
      ...{ name: 'call log: commands', ...held, perCall: logCommandsPerCall(figures), unit: '1/s' },
      ...{ limit: logShards * value('store.commandsPerShard'), effect: slow, remedy: 'more shards' },
    },
    {
      ...{ name: 'call log: memory', ...held, perCall: logGigabytes(figures, 1000) / 1000, unit: 'GB' },
      ...{ limit: logShards * value('store.shardGigabytes'), effect: 'entries refused: calls stand still' },
      remedy: 'archive.graceHours: 1; larger nodes; more shards',
    },
    {
      ...{
        name: 'KMS requests',
        ...once,
        perArrival: value('call.kmsRequests'),
        limit: value('quota.kmsRequests'),
      },
      ...{
        unit: '1/s',
        effect: 'calls begin or are sealed later',
        remedy: 'quota: cryptographic operations',
      },
    },
    {
      ...{ name: 'S3 PUTs', isRandom: true, ...puts, perArrival: value('call.archiveObjects'), unit: '1/s' },
      ...{
        limit: value('quota.s3Puts'),
        effect: 'sealed later',
        remedy: 'more prefixes: the journal is one a day',
      },
    },
    {
      ...{
        name: 'enrichment at one time',
        ...once,
        perArrival: value('call.enrichSeconds'),
        unit: 'invocations',
      },
      ...{
        limit: value('quota.lambdaConcurrency'),
        effect: 'enriched later',
        remedy: 'quota; reserved concurrency',
      },
    },
    {
      ...{ name: 'OpenSearch documents', ...once, perArrival: 1, limit: value('quota.openSearchDocuments') },
      ...{ unit: '1/s', effect: 'enriched later', remedy: 'more or larger data nodes' },
    },
  ];
}
