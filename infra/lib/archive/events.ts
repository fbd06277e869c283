import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** Days for which what was put on the bus can be played again. */
const replayDays = 90;

/**
 * The bus of `enrich.eventBus`. One that is named is made here, with an archive of its events; one that is given by its ARN is somebody else's. Events hold ids
 * and counts, nothing of a caller's, and so AWS's own key is enough for them. @returns its ARN; undefined without one
 */
export function eventBusOf(scope: Construct, { config }: Deployment): string | undefined {
  const name = config.enrich.eventBus;
  if (name === undefined || name.startsWith('arn:')) return name;
  // Every account has it.
  if (name === 'default')
    return Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: name });
  const bus = new events.EventBus(scope, 'Bus', {
    ...{ eventBusName: name, description: 'vestibule: calls that were enriched' },
  });
  bus.archive('BusArchive', {
    archiveName: `${name}-enriched`.replace(/[^\w.-]/g, '-').slice(-48),
    eventPattern: { source: ['vestibule.enrich'] },
    retention: Duration.days(replayDays),
  });
  return bus.eventBusArn;
}
