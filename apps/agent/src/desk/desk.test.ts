import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ParticipantInfo, ParticipantInfo_Kind, Room as RoomInfo } from '@livekit/protocol';
import { jsonLogger, systemClock } from '@vestibule/core';
import { MemoryLogStore } from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import { AccessToken, type RoomServiceClient, WebhookReceiver } from 'livekit-server-sdk';
import { callFacts } from '../call/caller.ts';
import { Desk, type FinishOrphan, type RunCall } from './desk.ts';
import type { Tenure } from './tenure.ts';
import { WaitingCalls } from './waiting-calls.ts';
import { deskServer } from './webhook.ts';

const logger = jsonLogger('test', { level: 'error' });
let redis: Awaited<ReturnType<typeof startRedis>>;
before(async () => (redis = await startRedis()));
after(() => redis.stop());

const caller = (callId: string, attributes: Record<string, string> = {}) =>
  new ParticipantInfo({
    identity: 'sip_+15550100123',
    kind: ParticipantInfo_Kind.SIP,
    attributes: {
      'sip.callID': callId,
      'sip.phoneNumber': '+15550100123',
      'sip.trunkPhoneNumber': '+15550100100',
      'sip.callStatus': 'ringing',
      ...attributes,
    },
  });

/** A LiveKit server as far as the desk sees one: rooms by name, each with its participants. */
function liveKitWith(rooms: Record<string, ParticipantInfo[]>): RoomServiceClient {
  return {
    deleteRoom: async (room: string) => void delete rooms[room],
    listRooms: async () => Object.keys(rooms).map((name) => new RoomInfo({ name })),
    listParticipants: async (room: string) => rooms[room] ?? [],
  } as unknown as RoomServiceClient;
}

async function openDesk(
  rooms: Record<string, ParticipantInfo[]>,
  runCall: RunCall,
  worker = 'w1',
  store = new MemoryLogStore(),
  finishOrphan: FinishOrphan = async () => 'sealed',
) {
  const waiting = await WaitingCalls.connect(redis.url, () => {});
  const desk = new Desk({
    worker,
    capacity: 1,
    store,
    waiting,
    rooms: liveKitWith(rooms),
    clock: systemClock,
    logger,
    runCall,
    finishOrphan,
  });
  const running = desk.run();
  return {
    desk,
    store,
    close: async () => {
      await desk.drain();
      await running;
      waiting.close();
    },
  };
}

test('a call that no webhook told of is found by the poll, claimed once, and released at its end', async () => {
  const claimed = Promise.withResolvers<Tenure>();
  const hangUp = Promise.withResolvers<void>();
  const { desk, store, close } = await openDesk({ 'call-1': [caller('SCL_1')] }, async (tenure) => {
    claimed.resolve(tenure);
    await hangUp.promise;
    return 'sealed';
  });
  const { callId } = await claimed.promise;
  assert.equal(callId, 'SCL_1');
  assert.equal(await store.holder('SCL_1'), 'w1');
  assert.deepEqual(desk.status, { calls: 1, draining: false });
  hangUp.resolve();
  await close();
  assert.equal(await store.holder('SCL_1'), undefined);
});

test('a call that hung up, or that another worker holds, is left alone', async () => {
  const store = new MemoryLogStore();
  await store.claim('SCL_held', 'w2', 60_000);
  const ran: string[] = [];
  const rooms = {
    'call-gone': [caller('SCL_gone', { 'sip.callStatus': 'hangup' })],
    'call-held': [caller('SCL_held')],
    'call-mine': [caller('SCL_mine')],
  };
  const mine = Promise.withResolvers<void>();
  const { desk, close } = await openDesk(
    rooms,
    async ({ callId }) => {
      ran.push(callId);
      mine.resolve();
      return 'sealed';
    },
    'w1',
    store,
  );
  await desk.onCall('call-gone');
  await desk.onCall('call-held');
  await desk.onCall('call-mine');
  await mine.promise;
  await close();
  assert.deepEqual(new Set(ran), new Set(['SCL_mine']));
});

test('a call whose worker was lost waits again as soon as its lease has ended', async () => {
  const waiting = await WaitingCalls.connect(redis.url, () => {});
  await waiting.hold('call-lost', 100);
  const claimed = Promise.withResolvers<string>();
  const { close } = await openDesk({ 'call-lost': [caller('SCL_lost')] }, async ({ callId }) => {
    claimed.resolve(callId);
    return 'sealed';
  });
  assert.equal(await claimed.promise, 'SCL_lost');
  await close();
  waiting.close();
});

test('a call that nobody sealed and whose caller is gone is finished by any worker', async () => {
  const waiting = await WaitingCalls.connect(redis.url, () => {});
  await waiting.opened('SCL_orphan', 'call-orphan');
  const finished = Promise.withResolvers<string>();
  const finish: FinishOrphan = async ({ callId }) => {
    finished.resolve(callId);
    return 'sealed';
  };
  const { close } = await openDesk({}, async () => 'sealed', 'w1', new MemoryLogStore(), finish);
  assert.equal(await finished.promise, 'SCL_orphan');
  await close();
  assert.deepEqual(await waiting.openCalls(), []);
  waiting.close();
});

test('the facts of a call trust only the edge’s headers', () => {
  const plain = callFacts('room', caller('SCL_1'));
  assert.deepEqual(plain?.edge, { attestation: 'none', verified: false });
  const attested = callFacts(
    'room',
    caller('SCL_1', {
      'sip.callIDFull': 'id@carrier',
      'sip.h.x-vestibule-attestation': 'A',
      'sip.h.x-vestibule-verified': 'yes',
      'sip.h.x-vestibule-decision': 'd1',
    }),
  );
  assert.deepEqual(attested?.edge, {
    ...{ decision: 'd1', sipCallId: 'id@carrier' },
    ...{ attestation: 'A', verified: true },
  });
  assert.equal(callFacts('room', new ParticipantInfo()), undefined);
});

test('a worker that is drained leaves a call that is not done to another, which goes on with it at once', async () => {
  const rooms = { 'call-long': [caller('SCL_long')] };
  const store = new MemoryLogStore();
  const begun = Promise.withResolvers<void>();
  const first = await openDesk(
    rooms,
    async ({ handOverAsked }) => {
      begun.resolve();
      await handOverAsked;
      return 'handed-over';
    },
    'w1',
    store,
  );
  await begun.promise;
  const goesOn = Promise.withResolvers<string>();
  await first.desk.drain(0);
  const second = await openDesk(
    rooms,
    async ({ lease }) => {
      goesOn.resolve(`${lease.worker} ${lease.fence}`);
      return 'sealed';
    },
    'w2',
    store,
  );
  assert.equal(await goesOn.promise, 'w2 2');
  await second.close();
  await first.close();
});

async function signed(body: string, secret: string): Promise<string> {
  const token = new AccessToken('key', secret);
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(body))).toString('base64');
  token.sha256 = digest;
  return token.toJwt();
}

for (const [name, kind, secret, expected] of [
  ['a SIP caller who joins is put on the queue', 'SIP', 'secret', ['call-1']],
  ['an agent who joins is not', 'AGENT', 'secret', []],
  ['a webhook signed with another key is refused', 'SIP', 'wrong', []],
] as const) {
  test(name, async () => {
    const seen: string[] = [];
    const app = deskServer({
      receiver: new WebhookReceiver('key', 'secret'),
      onCall: async (room) => void seen.push(room),
      status: () => ({ calls: 0, draining: false }),
      logger,
    });
    const body = JSON.stringify({
      event: 'participant_joined',
      room: { name: 'call-1' },
      participant: { identity: 'x', kind },
    });
    const response = await app.request('/livekit/webhook', {
      method: 'POST',
      body,
      headers: { Authorization: await signed(body, secret) },
    });
    assert.equal(response.status, secret === 'secret' ? 200 : 401);
    assert.deepEqual(seen, expected);
  });
}

test('a room that was left to caller and staff is claimed by nobody, and is over when one of them has hung up', async () => {
  const staff = new ParticipantInfo({ identity: 'staff_1', kind: ParticipantInfo_Kind.SIP });
  const rooms: Record<string, ParticipantInfo[]> = {
    'call-both': [caller('SCL_both'), staff],
    'call-alone': [caller('SCL_alone')],
  };
  const waiting = await WaitingCalls.connect(redis.url, () => {});
  for (const room of Object.keys(rooms)) await waiting.leaveToStaff(room, systemClock.now());
  const ran: string[] = [];
  const { desk, close } = await openDesk(rooms, async ({ callId }) => {
    ran.push(callId);
    return 'sealed';
  });
  await desk.onCall('call-both');
  while ('call-alone' in rooms) await systemClock.sleep(50);
  await close();
  assert.deepEqual(ran, []);
  assert.ok('call-both' in rooms);
  assert.deepEqual(await waiting.withStaff(systemClock.now()), new Set(['call-both']));
  await waiting.staffDone('call-both');
  waiting.close();
});
