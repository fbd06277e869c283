import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { mediaSessions } from '@vestibule/edge-config';
import { Figures } from './figures.ts';
import { edgeCoresPerCall, logGigabytes, recordedCallsPerEdge, sizingOf } from './sizing.ts';

const figures = Figures.load();

test('every figure says where it is from, and an unknown one is an error', () => {
  assert.ok(figures.names.length > 60);
  for (const name of figures.names) assert.ok(figures.figure(name).source.length > 5, name);
  assert.throws(
    () => figures.value('call.nothing'),
    (error) => isCodedError(error, 'unknown-figure'),
  );
});

test('the zones that are left carry all calls when one is lost', () => {
  for (const calls of [10, 300, 1000, 4000, 10_000]) {
    const { zones, edge, sip, server, agents } = sizingOf(figures, calls);
    const left = zones - 1;
    assert.ok(left * edge.perZone * recordedCallsPerEdge(figures) >= calls);
    assert.ok(left * edge.perZone * edge.vcpus >= calls * edgeCoresPerCall(figures));
    assert.ok(left * sip.perZone * sip.vcpus * figures.value('livekit.sipCallsPerCore') >= calls);
    assert.ok(left * server.perZone * server.vcpus * figures.value('livekit.callsPerCore') >= calls);
    assert.ok(agents * figures.value('agent.callsPerTask') >= calls);
  }
});

test('the limits of RTPEngine are those that are rendered', () => {
  const ports = figures.value('edge.ports');
  assert.equal(figures.value('edge.maxSessionsRecorded'), mediaSessions(ports, true));
  assert.equal(figures.value('edge.maxSessions'), mediaSessions(ports, false));
});

test('ports: two a call and four a copy, and RTPEngine’s own limit', () => {
  const edge = (recordedShare: number) =>
    recordedCallsPerEdge(figures.with({ 'traffic.recordedShare': recordedShare }));
  assert.equal(edge(1), Math.floor(10_001 / 6));
  assert.equal(edge(0), 2500);
});

test('the call log holds the day that its grace lets it, and an hour when it is one hour', () => {
  const day = logGigabytes(figures, 1000);
  const hour = logGigabytes(figures.with({ 'call.graceHours': 1 }), 1000);
  // A day has 1 / 0.15 busy hours.
  assert.ok(day / hour > 5 && day / hour < 1 / 0.15, String(day / hour));
});
