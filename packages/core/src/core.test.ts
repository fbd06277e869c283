import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  canonicalJson,
  CodedError,
  describeError,
  formatFaults,
  isCodedError,
  jsonLogger,
  ManualClock,
  newId,
  redact,
} from './index.ts';

test('canonical JSON sorts keys by code unit, leaves undefined out and refuses what JSON cannot carry', () => {
  assert.equal(
    canonicalJson({ b: [1, 'é', null], a: { z: 1e21, y: undefined }, B: true }),
    '{"B":true,"a":{"z":1e+21},"b":[1,"é",null]}',
  );
  for (const bad of [NaN, Infinity, 1n, () => 0, '\ud800']) {
    assert.throws(
      () => canonicalJson({ bad }),
      (error) => isCodedError(error, 'not-json'),
    );
  }
});

test('an error is described by type and code, never by its message', () => {
  assert.deepEqual(describeError(new CodedError('lost', 'John said 555')), {
    error: 'CodedError',
    code: 'lost',
  });
});

test('the redactor removes pii keys and telephone numbers, and keeps dates and UUIDs', () => {
  assert.deepEqual(
    redact({
      piiName: 'Ann',
      at: '2026-11-23T10:00:00Z',
      text: 'from +1 (555) 010-0100 on',
      n: [{ piiX: 1 }],
      decision: 'f8b0a111-2222-3333-4ab6-23e62d170e5e',
      notDecision: 'f8b0a111-2222-3333-4444-23e62d170e5e and more',
    }),
    {
      piiName: '[redacted]',
      at: '2026-11-23T10:00:00Z',
      text: 'from [number] on',
      n: [{ piiX: '[redacted]' }],
      decision: 'f8b0a111-2222-3333-4ab6-23e62d170e5e',
      notDecision: 'f8b0a[number]e62d170e5e and more',
    },
  );
});

test('the logger writes JSON lines at or above its level, redacted', () => {
  const lines: string[] = [];
  const logger = jsonLogger('test', { clock: { now: () => 0 }, write: (line) => lines.push(line) }).with({
    callId: 'call_1',
  });
  logger.debug('unseen');
  logger.info('claimed', { piiCaller: '+15550100100' });
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    [
      {
        time: '1970-01-01T00:00:00.000Z',
        level: 'info',
        app: 'test',
        message: 'claimed',
        callId: 'call_1',
        piiCaller: '[redacted]',
      },
    ],
  );
});

test('a manual clock wakes sleepers in order, and an aborted one at once', async () => {
  const clock = new ManualClock(0);
  const woken: string[] = [];
  const stop = new AbortController();
  const sleepers = [
    clock.sleep(20).then(() => woken.push('b')),
    clock.sleep(10).then(() => woken.push('a')),
    clock.sleep(99, stop.signal).then(() => woken.push('c')),
  ];
  await clock.advance(15);
  assert.deepEqual(woken, ['a']);
  stop.abort();
  await clock.advance(5);
  await Promise.all(sleepers);
  assert.deepEqual(woken, ['a', 'c', 'b']);
});

test('ids carry their prefix and twenty characters', () => {
  assert.match(newId('call'), /^call_[0-9a-z]{20}$/);
});

test('faults name file, line, path and remedy, a line each', () => {
  assert.equal(
    formatFaults('v.yaml', [
      { path: 'a[0]', line: 3, message: 'is missing', remedy: 'Add it' },
      { path: '', message: 'is empty' },
    ]),
    'v.yaml:3 a[0]: is missing. Add it\nv.yaml is empty',
  );
});
