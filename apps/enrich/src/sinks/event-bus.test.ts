import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type EventBridgeClient,
  EventBridgeServiceException,
  type PutEventsCommand,
} from '@aws-sdk/client-eventbridge';
import { enrich } from '../enrichment/enrichment.ts';
import { eventFaults, schemaFile } from '../testing/event-schema.ts';
import { exampleRecord } from '../testing/record.ts';
import { announce, intakeEvent } from './event-bus.ts';

const call = { bucket: 'archive', prefix: 'lakeside/2026/11/23/call_1/', manifest: 'ab'.repeat(32) };
const written = { caseId: 'case_1', fhir: 'QuestionnaireResponse/7' };
const eventOf = (callId: string, consent = true) => {
  const record = exampleRecord(callId, { consent });
  return intakeEvent(record, enrich(record), call, written);
};
const event = eventOf('call_1');

describe('the event', () => {
  test('is what the schema says, with and without consent and a FHIR server, and so is the example', () => {
    const { fhir: _, ...without } = event;
    for (const one of [event, eventOf('call_1', false), without, schemaFile('example')]) {
      assert.deepEqual(eventFaults(one), []);
    }
  });

  test('has no place for anything of a caller’s', () => {
    for (const more of [
      { callerName: 'x' },
      { redFlags: [{ ...event.redFlags[0], words: 'x' }] },
      { items: { asked: 1 } },
    ]) {
      assert.notDeepEqual(eventFaults({ ...event, ...more }), []);
    }
    assert.doesNotMatch(JSON.stringify(event), /knee|Alvarez|1984|stairs/);
  });

  test('has one id for a sealing, and another for another', () => {
    assert.equal(event.id, eventOf('call_1').id);
    assert.notEqual(event.id, eventOf('call_2').id);
    const record = exampleRecord('call_1');
    const again = intakeEvent(record, enrich(record), { ...call, manifest: 'cd'.repeat(32) }, written);
    assert.notEqual(event.id, again.id, 'a call that was sealed again');
  });
});

describe('a bus', () => {
  const answering = (answer: () => unknown) => {
    const sent: PutEventsCommand[] = [];
    const send = async (command: PutEventsCommand) => {
      sent.push(command);
      return answer();
    };
    return { bus: { client: { send } as unknown as EventBridgeClient, name: 'intake' }, sent };
  };
  const failed = (ErrorCode: string) => () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode }] });
  const error = (name: string) => () => {
    throw new EventBridgeServiceException({ name, $fault: 'client', $metadata: {} });
  };

  test('gets one entry', async () => {
    const { bus, sent } = answering(() => ({ FailedEntryCount: 0, Entries: [{ EventId: 'x' }] }));
    await announce(bus, event);
    const { Detail, ...entry } = sent[0]?.input.Entries?.[0] ?? {};
    assert.deepEqual(JSON.parse(Detail ?? ''), event);
    assert.deepEqual(entry, {
      EventBusName: 'intake',
      Source: 'vestibule.enrich',
      DetailType: 'vestibule.intake.completed',
      Time: new Date('2026-11-23T15:00:16.000Z'),
    });
  });

  const rows: readonly (readonly [string, () => unknown, string])[] = [
    ['fails the entry for now', failed('InternalFailure'), 'events-unavailable'],
    ['throttles the entry', failed('ThrottlingException'), 'events-unavailable'],
    ['refuses the entry', failed('NotAuthorizedForSourceException'), 'events-refused'],
    ['fails without a reason', () => ({ FailedEntryCount: 1 }), 'events-unavailable'],
    ['refuses the request', error('ValidationException'), 'events-refused'],
    ['throttles the request', error('ThrottlingException'), 'events-unavailable'],
    [
      'may not be written to, which is for the configuration to mend',
      error('AccessDeniedException'),
      'events-unavailable',
    ],
  ];
  for (const [what, answer, code] of rows) {
    test(`that ${what}: ${code}`, () => assert.rejects(announce(answering(answer).bus, event), { code }));
  }
});
