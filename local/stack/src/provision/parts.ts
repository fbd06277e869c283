import type { Config } from '@vestibule/config';
import type { Context } from '../parts/context.ts';
import type { TaskPart } from '../supervise/part.ts';
import { zonesOf } from '../zones.ts';
import { makeArchiveBucket } from './bucket.ts';
import { importKnowledge } from './knowledge.ts';
import { provisionSip } from './sip-rules.ts';

/** What is done once at each start, after the part it needs. */
export function provisionParts(context: Context, config: Config): TaskPart[] {
  return [
    {
      kind: 'task',
      name: 's3-bucket',
      title: 'Archive bucket, Object Lock on',
      after: ['s3'],
      run: (signal) => makeArchiveBucket(context, config.archive.bucket, signal),
    },
    {
      kind: 'task',
      name: 'knowledge',
      title: 'Example knowledge, indexed',
      after: ['opensearch'],
      run: (signal) => importKnowledge(context, 'examples/knowledge', signal),
    },
    {
      kind: 'task',
      name: 'sip-rules',
      title: 'SIP trunk and dispatch rule',
      after: ['livekit'],
      run: () =>
        provisionSip(
          context,
          config.numbers.map(({ number }) => number),
          zonesOf(config).map((zone) => zone.config.edge.private.address),
        ),
    },
  ];
}
