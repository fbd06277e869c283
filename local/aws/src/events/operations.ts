import { randomUUID } from 'node:crypto';
import type { Clock } from '@vestibule/core';
import type { Call, Control, Operation } from '../server/app.ts';
import { jsonService } from '../server/aws-json.ts';
import { ServiceError } from '../server/service-error.ts';
import { busOf, eventOf, readEntries, type Failure } from './entries.ts';
import type { EventLog, PutEvent } from './event-log.ts';

/** Bytes: 256 KB of entries may take several times that once they are JSON in JSON. */
const bodyLimit = 2_000_000;

export interface EventsOptions {
  readonly log: EventLog;
  readonly clock: Clock;
}

/** Amazon EventBridge, as far as PutEvents. */
export function eventsOperations(options: EventsOptions): Operation[] {
  const handlers = new Map([['PutEvents', (input: unknown, call: Call) => putEvents(input, call, options)]]);
  return [jsonService('events', 'AWSEvents', bodyLimit, handlers)];
}

/** `/_local/events`: `GET` lists what was put, oldest first; `DELETE` forgets it. */
export function eventControl(log: EventLog): Control {
  return (exchange) => {
    if (exchange.method === 'DELETE') log.clear();
    exchange.respond(200, { 'content-type': 'application/json' }, JSON.stringify({ events: log.list() }));
  };
}

async function putEvents(
  input: unknown,
  { gate, signed }: Call,
  { log, clock }: EventsOptions,
): Promise<object> {
  const taken: PutEvent[] = [];
  const results: (Failure | { readonly EventId: string })[] = [];
  for (const entry of readEntries(input)) {
    const { region } = signed.scope;
    const event =
      (await plannedFailure(gate)) ?? eventOf(entry, { id: randomUUID(), region, now: clock.now() });
    if ('ErrorCode' in event) {
      results.push(event);
      continue;
    }
    taken.push({ bus: busOf(entry), event });
    results.push({ EventId: event.id });
  }
  await log.add(taken);
  return { FailedEntryCount: results.length - taken.length, Entries: results };
}

/** A planned fault strikes one entry here, under the two codes that a client is to try again. */
async function plannedFailure(gate: Call['gate']): Promise<Failure | undefined> {
  try {
    await gate.pass(true);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { code, message } = error;
    return {
      ErrorCode: code === 'ThrottlingException' ? code : 'InternalFailure',
      ErrorMessage: message,
    };
  }
}
