import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { invoke } from './invoke.ts';
import { lambdaEvent, type S3Notification } from './notification.ts';
import { s3EventsServer } from './server.ts';

const created = (key: string, eventName = 's3:ObjectCreated:Put') => ({
  eventName,
  eventSource: 'aws:s3',
  s3: { bucket: { name: 'archive' }, object: { key, size: 3 } },
});

test('only created objects with the suffix pass, in the form in which Lambda gets them', () => {
  const event = lambdaEvent(
    {
      Records: [
        created('lakeside/a b/manifest.json'),
        created('lakeside/log.jsonl'),
        created('x/manifest.json', 's3:ObjectRemoved:Delete'),
      ],
    },
    '/manifest.json',
  );
  assert.deepEqual(
    event?.Records.map(({ eventName, s3 }) => [eventName, s3.object.key]),
    [['ObjectCreated:Put', 'lakeside/a+b/manifest.json']],
  );
  assert.equal(event?.Records[0]?.['eventSource'], 'aws:s3');
});

test("versitygw's test event and anything that is no event give nothing", () => {
  assert.equal(lambdaEvent({ Event: 's3:TestEvent' }, ''), undefined);
  assert.equal(lambdaEvent('nonsense', ''), undefined);
});

const quiet = jsonLogger('test', { write: () => undefined });

test('a handler that fails is tried three times, then the event is dropped', async () => {
  const clock = new ManualClock();
  let attempts = 0;
  const outcome = invoke(
    () => Promise.reject(new Error(`attempt ${++attempts}`)),
    { Records: [] },
    clock,
    quiet,
  );
  for (let i = 0; i < 3; i++) await clock.advance(2000);
  assert.equal(await outcome, false);
  assert.equal(attempts, 3);
});

test('the webhook is answered at once, health is reported, and bad bodies do no harm', async (t) => {
  const seen: S3Notification[] = [];
  const server = s3EventsServer('/manifest.json', (event) => seen.push(event)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (body: string) => fetch(`${base}/events`, { method: 'POST', body });
  assert.equal((await fetch(`${base}/healthz`)).status, 200);
  assert.equal((await fetch(`${base}/other`)).status, 404);
  assert.equal((await post('{')).status, 400);
  assert.equal((await post(JSON.stringify({ Records: [created('a/manifest.json')] }))).status, 200);
  assert.equal(seen.length, 1);
});
