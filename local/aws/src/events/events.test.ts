import assert from 'node:assert/strict';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { isCodedError, ManualClock } from '@vestibule/core';
import { sdkClients, type Http } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';
import type { BusEvent } from './entries.ts';
import { EventLog, type PutEvent } from './event-log.ts';

const now = Math.floor(Date.now() / 1000) * 1000;
const entry: PutEventsRequestEntry = {
  Source: 'vestibule.enrich',
  DetailType: 'Call enriched',
  Detail: '{"call":"call_1","codes":["R51"]}',
};

let server: TestServer;
let eventsFile: string;
before(async () => {
  eventsFile = join(await mkdtemp(join(tmpdir(), 'events-')), 'events.jsonl');
  server = await startTestServer({ eventsFile, clock: new ManualClock(now + 678) });
});
after(() => server.close());

const control = (method: 'GET' | 'DELETE') =>
  fetch(`http://127.0.0.1:${server.port}/_local/events`, { method });
const kept = async () => ((await (await control('GET')).json()) as { events: PutEvent[] }).events;
const written = async () =>
  (await readFile(eventsFile, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BusEvent);
beforeEach(() => control('DELETE'));

async function put(entries: PutEventsRequestEntry[], http: Http = 'http/1.1') {
  using clients = sdkClients(server.port, http);
  return await clients.events.send(new PutEventsCommand({ Entries: entries }));
}

for (const http of ['h2c', 'http/1.1'] satisfies Http[]) {
  test(`what is put over ${http} is kept, and written, as a target would get it`, async () => {
    const answer = await put([{ ...entry, Resources: ['arn:aws:s3:::record'] }], http);
    const id = answer.Entries?.[0]?.EventId ?? '';
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.equal(answer.FailedEntryCount, 0);
    const event: BusEvent = {
      version: '0',
      id,
      'detail-type': 'Call enriched',
      source: 'vestibule.enrich',
      account: '000000000000',
      time: new Date(now).toISOString().replace('.000Z', 'Z'),
      region: 'us-east-1',
      resources: ['arn:aws:s3:::record'],
      detail: { call: 'call_1', codes: ['R51'] },
    };
    assert.deepEqual(await kept(), [{ bus: 'default', event }]);
    assert.deepEqual((await written()).at(-1), event);
  });
}

test('an event has the time and the bus that its entry names', async () => {
  const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/vestibule';
  await put([
    { ...entry, Time: new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 789)), EventBusName: 'vestibule' },
    { ...entry, EventBusName: bus },
  ]);
  const [first, second] = await kept();
  assert.equal(first?.event.time, '2026-02-03T04:05:06Z');
  assert.deepEqual([first?.bus, second?.bus], ['vestibule', 'vestibule']);
});

describe('an entry fails by itself', () => {
  const cases: readonly (readonly [string, PutEventsRequestEntry, string, string])[] = [
    [
      'without a source',
      { Source: undefined },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    [
      'without a type',
      { DetailType: '' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
    [
      'without a detail',
      { Detail: undefined },
      'InvalidArgument',
      'Parameter Detail is not valid. Reason: Detail is a required argument.',
    ],
    [
      "with one of AWS's own sources",
      { Source: 'aws.s3' },
      'NotAuthorizedForSourceException',
      'Not authorized for the source.',
    ],
    ['with a detail that is no JSON', { Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    ['with a detail that is no object', { Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    ['with a detail that is null', { Detail: 'null' }, 'MalformedDetail', 'Detail is malformed.'],
  ];
  for (const [name, wrong, ErrorCode, ErrorMessage] of cases) {
    test(name, async () => {
      const answer = await put([entry, { ...entry, ...wrong }, entry]);
      assert.equal(answer.FailedEntryCount, 1);
      assert.deepEqual(answer.Entries?.[1], { ErrorCode, ErrorMessage });
      assert.deepEqual(
        (await kept()).map(({ event }) => event.id),
        [answer.Entries?.[0]?.EventId, answer.Entries?.[2]?.EventId],
      );
    });
  }
});

describe('a request fails as a whole', () => {
  const sized = (bytes: number) => ({ ...entry, Detail: JSON.stringify({ a: 'x'.repeat(bytes - 8) }) });
  const rest = 'vestibule.enrich'.length + 'Call enriched'.length;

  test('with no entry, with eleven, and with a bus that has no such name', async () => {
    for (const entries of [
      [],
      Array<PutEventsRequestEntry>(11).fill(entry),
      [{ ...entry, EventBusName: 'a b' }],
    ])
      assert.equal(await errorNameOf(put(entries)), 'ValidationException');
    assert.deepEqual(await kept(), []);
  });

  test('with a byte more than 256 KB in one entry, or in all', async () => {
    assert.equal((await put([sized(262_144 - rest)])).FailedEntryCount, 0);
    await assert.rejects(put([sized(262_145 - rest)]), {
      name: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
    const half = sized(131_072 - rest);
    assert.equal((await put([half, half])).FailedEntryCount, 0);
    assert.equal(await errorNameOf(put([half, half, entry])), 'ValidationException');
  });
});

describe('EventBridge fails on demand', () => {
  test('as a whole', async () => {
    await server.plan({ service: 'events', kind: 'throttle' });
    assert.equal(await errorNameOf(put([entry])), 'ThrottlingException');
    await server.plan({ service: 'events', kind: 'error' });
    assert.equal(await errorNameOf(put([entry])), 'InternalException');
    assert.deepEqual(await kept(), []);
  });

  for (const [kind, code] of [
    ['throttle', 'ThrottlingException'],
    ['error', 'InternalFailure'],
  ] as const) {
    test(`for one entry after another: ${kind}`, async () => {
      await server.plan({ service: 'events', kind, after: 1 });
      const answer = await put([entry, entry, entry]);
      assert.deepEqual(
        answer.Entries?.map(({ ErrorCode }) => ErrorCode),
        [undefined, code, undefined],
      );
      assert.equal((await kept()).length, 2);
    });
  }

  test('and logs none of it', () => assert.deepEqual(server.logged, []));
});

describe('the log of events', () => {
  const event = { id: 'x' } as BusEvent;

  test('keeps the last thousand', async () => {
    const log = await EventLog.open();
    for (let count = 0; count < 120; count++)
      await log.add(Array.from({ length: 10 }, (_, at) => ({ bus: `${count * 10 + at}`, event })));
    assert.equal(log.list().length, 1000);
    assert.deepEqual([log.list()[0]?.bus, log.list().at(-1)?.bus], ['200', '1199']);
  });

  test('has a file for its owner alone, which is there from the start', async () => {
    assert.equal((await stat(eventsFile)).mode & 0o777, 0o600);
  });

  test('does not begin where it cannot write', async () => {
    await assert.rejects(EventLog.open(join(eventsFile, 'events')), (error) =>
      isCodedError(error, 'unusable-file'),
    );
  });
});
