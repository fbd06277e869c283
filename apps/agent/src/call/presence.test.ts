import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { type Room, RoomEvent } from '@livekit/rtc-node';
import { ManualClock } from '@vestibule/core';
import { Presence } from './presence.ts';

/** A room that the library takes for connected. `isListed`: what the server says. */
function watched(isListed: () => Promise<boolean>) {
  const clock = new ManualClock();
  const lost: number[] = [];
  const nothing = () => undefined;
  const presence = new Presence({
    clock,
    caller: 'sip_1',
    isListed,
    left: new AbortController().signal,
    onAway: nothing,
    onBack: nothing,
    onGone: nothing,
    onLost: () => lost.push(clock.monotonic()),
  });
  const room = Object.assign(new EventEmitter(), {
    isConnected: true,
    remoteParticipants: new Map([['sip_1', {}]]),
  });
  presence.watch(room as unknown as Room);
  room.emit(RoomEvent.Reconnecting);
  room.emit(RoomEvent.Reconnected);
  return { clock, lost };
}

for (const [what, isListed, isLost] of [
  ['a room that lists us is kept', async () => true, false],
  ['a room that does not list us is lost, whatever the library says', async () => false, true],
  [
    'a room that is not there is lost',
    () => Promise.reject(Object.assign(new Error(), { code: 'not_found' })),
    true,
  ],
  ['a server that does not answer says nothing', () => Promise.reject(new Error('refused')), false],
] as const)
  test(`reconnected: ${what}`, async () => {
    const { clock, lost } = watched(isListed);
    await clock.advance(2000);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(lost, isLost ? [2000] : []);
    await clock.advance(20_000);
    assert.equal(lost.length, isLost ? 1 : 0);
  });
