import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { sealedCalls, sealedEvent } from './events.ts';

const record = (key: string, eventName = 'ObjectCreated:Put') => ({
  eventName,
  s3: { bucket: { name: 'archive' }, object: { key } },
});

test('a written manifest is a call, its key decoded as S3 encodes keys in events', () => {
  assert.deepEqual(sealedCalls({ Records: [record('a+clinic%2B/2026/11/23/call_1/manifest.json')] }), [
    { bucket: 'archive', prefix: 'a clinic+/2026/11/23/call_1/' },
  ]);
});

test('other objects, deletions, broken keys and test events are no calls', () => {
  const records = [
    record('t/call_1/enrichment.json'),
    record('manifest.json'),
    record('t/call_1/manifest.json.bak'),
    record('t/call_1/manifest.json', 'ObjectRemoved:Delete'),
    record('t/%E0%A4%A/other.json'),
  ];
  assert.deepEqual(sealedCalls({ Records: records }), []);
  assert.deepEqual(sealedCalls({ Service: 'Amazon S3', Event: 's3:TestEvent' }), []);
});

test('a call that an event names twice is one call', () => {
  assert.equal(
    sealedCalls({ Records: [record('t/c/manifest.json'), record('t/c/manifest.json')] }).length,
    1,
  );
});

test('what is no S3 event is refused', () => {
  for (const event of [null, 7, { Records: [{}] }, { Records: 'x' }]) {
    assert.throws(
      () => sealedCalls(event),
      (error) => isCodedError(error, 'invalid-event'),
    );
  }
});

test('an event made for a call names it', () => {
  const call = { bucket: 'archive', prefix: 'a clinic+/2026/11/23/call_1/' };
  assert.deepEqual(sealedCalls(sealedEvent(call)), [call]);
});
