import assert from 'node:assert/strict';
import { after, afterEach, mock, test } from 'node:test';
import {
  AudioSource,
  DisconnectReason,
  dispose,
  type LocalParticipant,
  Room,
  RoomEvent,
} from '@livekit/rtc-node';
import { ManualClock, type Logger } from '@vestibule/core';
import { LiveKitRoomLeg } from './room-leg.ts';

const silent = { with: () => logger, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const logger = silent as unknown as Logger;

afterEach(() => mock.restoreAll());
after(() => dispose());

/** Rooms of @livekit/rtc-node without a server: who is in, and what connecting and publishing do next. */
function fakeServer() {
  const inside = new Set<Room>();
  const server = {
    inside,
    rooms: [] as Room[],
    connected: async () => {},
    published: async () => {},
  };
  mock.method(Room.prototype, 'connect', async function (this: Room) {
    server.rooms.push(this);
    await server.connected();
    inside.add(this);
    const participant = {
      attributes: {},
      setAttributes: async () => {},
      publishTrack: () => server.published(),
    };
    this.localParticipant = participant as unknown as LocalParticipant;
  });
  mock.method(Room.prototype, 'disconnect', async function (this: Room) {
    inside.delete(this);
  });
  return server;
}

function options(clock = new ManualClock(0)) {
  const hear = { onAudio: () => {}, onDigits: () => {}, onRemoved: () => {} };
  const { signal } = new AbortController();
  return {
    ...hear,
    url: 'ws://127.0.0.1:1',
    identity: 'sip_1',
    token: async () => 't',
    isSeen: async () => true,
    signal,
    clock,
    logger,
  };
}

test('a room that was lost is joined again after a second, until that succeeds', async () => {
  const server = fakeServer();
  const clock = new ManualClock(0);
  const leg = await LiveKitRoomLeg.join(options(clock));
  server.connected = () => Promise.reject(new Error('down'));
  server.rooms[0]!.emit(RoomEvent.Disconnected, DisconnectReason.SIGNAL_CLOSE);
  await clock.advance(2000);
  assert.deepEqual([server.rooms.length, server.inside.size], [3, 0]);
  server.connected = async () => {};
  await clock.advance(1000);
  assert.deepEqual([...server.inside], [server.rooms[3]]);
  await leg.leave();
  assert.equal(server.inside.size, 0);
});

test('a room that the library calls reconnected is joined again when the server does not show us there', async () => {
  const server = fakeServer();
  const clock = new ManualClock(0);
  let seen = true;
  const leg = await LiveKitRoomLeg.join({ ...options(clock), isSeen: async () => seen });
  server.rooms[0]!.emit(RoomEvent.Reconnected);
  await clock.advance(5000);
  assert.equal(server.rooms.length, 1);
  seen = false;
  server.rooms[0]!.emit(RoomEvent.Reconnected);
  await clock.advance(2000);
  await clock.advance(1000);
  assert.deepEqual([...server.inside], [server.rooms[1]]);
  await leg.leave();
});

test('a call that ends while its room is being joined again leaves nobody behind', async () => {
  const server = fakeServer();
  const clock = new ManualClock(0);
  const leg = await LiveKitRoomLeg.join(options(clock));
  const connecting = Promise.withResolvers<void>();
  server.connected = () => connecting.promise;
  server.rooms[0]!.emit(RoomEvent.Disconnected, DisconnectReason.SIGNAL_CLOSE);
  await clock.advance(1000);
  assert.equal(server.rooms.length, 2);
  const left = leg.leave();
  connecting.resolve();
  await left;
  assert.equal(server.inside.size, 0);
  await clock.advance(5000);
  assert.equal(server.rooms.length, 2);
});

test('a room whose track cannot be published is left', async () => {
  const server = fakeServer();
  server.published = () => Promise.reject(new Error('refused'));
  await assert.rejects(LiveKitRoomLeg.join(options()), /refused/);
  assert.deepEqual([server.rooms.length, server.inside.size], [1, 0]);
});

test('a queue of audio that a stall has made too long is shortened again', async () => {
  fakeServer();
  const leg = await LiveKitRoomLeg.join(options());
  let queued = 100;
  mock.getter(AudioSource.prototype, 'queuedDuration', () => queued);
  const capture = mock.method(AudioSource.prototype, 'captureFrame', async () => {});
  const hear = (frames: number) => {
    for (let i = 0; i < frames; i++) leg.hear(new Int16Array(160));
    return capture.mock.callCount();
  };
  assert.equal(hear(100), 98);
  queued = 20;
  assert.equal(hear(100), 198);
  await leg.leave();
});
