import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { SIPTransport } from '@livekit/protocol';
import { dispose } from '@livekit/rtc-node';
import { SipCallError } from 'livekit-server-sdk';
import { type BridgeProcess, startBridge } from './bridge-process.ts';
import { Callee } from './callee.ts';
import { World } from './world.ts';

/** Several bridges share the requests of one LiveKit Server through its Redis (18, 18b, 20a). */
describe('two bridges on one Redis', () => {
  let world: World;
  let bridges: BridgeProcess[] = [];

  before(async () => {
    world = await World.open();
  });
  beforeEach(async () => {
    bridges = await Promise.all([startBridge(world.livekit), startBridge(world.livekit)]);
  });
  afterEach(async () => {
    for (const bridge of bridges) bridge.kill('SIGKILL');
    await Promise.all(bridges.map(({ exit }) => exit));
  });
  after(async () => {
    await world.close();
    await dispose();
  });

  const trunkTo = async ({ port }: Callee) => {
    const options = { transport: SIPTransport.SIP_TRANSPORT_UDP };
    const made = world.sip.createSipOutboundTrunk('out', `127.0.0.1:${port}`, ['+15550100100'], options);
    return (await made).sipTrunkId;
  };
  let rooms = 0;
  const dial = (trunk: string, waitUntilAnswered = false) =>
    world.sip.createSipParticipant(trunk, '+15550100200', `two-${++rooms}`, {
      participantIdentity: 'staff',
      waitUntilAnswered,
    });

  test('each request is done once; one that dies in a call takes nothing else with it', async (t) => {
    const callee = await Callee.open();
    t.after(() => callee.close());
    const trunk = await trunkTo(callee);
    await Promise.all(Array.from({ length: 6 }, () => dial(trunk)));
    await callee.invited(6);
    assert.equal(callee.invites.length, 6);
    const [first] = callee.invites;
    const holder = bridges.find(({ local }) => local.port === first!.from.port)!;
    holder.kill('SIGKILL');
    await holder.exit;
    for (let i = 0; i < 3; i++) await dial(trunk, true);
    const ports = callee.invites.slice(6).map(({ from }) => from.port);
    const other = bridges.find((bridge) => bridge !== holder)!.local.port;
    assert.deepEqual(ports, [other, other, other]);
  });

  test('a transfer goes to the bridge that holds the call', async (t) => {
    const callee = await Callee.open();
    t.after(() => callee.close());
    const trunk = await trunkTo(callee);
    for (let i = 0; i < 4; i++) await dial(trunk, true);
    for (const [index, { from }] of callee.invites.entries()) {
      const room = `two-${rooms - 3 + index}`;
      await assert.rejects(
        world.sip.transferSipParticipant(room, 'staff', 'tel:+15550100201'),
        (error) => error instanceof SipCallError && error.status === 403 && error.sipStatusCode === 603,
      );
      assert.deepEqual(callee.refers.at(-1), from);
    }
  });

  test('with none there is no answer; one with its hands full says so', async (t) => {
    const callee = await Callee.open('rings');
    t.after(() => callee.close());
    const trunk = await trunkTo(callee);
    for (const bridge of bridges) bridge.kill('SIGKILL');
    await Promise.all(bridges.map(({ exit }) => exit));
    const from = performance.now();
    await assert.rejects(dial(trunk), { status: 503, message: /no response from servers/ });
    assert.ok(performance.now() - from < 3000, `${performance.now() - from} ms`);
    const full = await world.bridge({ maxCalls: 1 });
    t.after(() => full.close());
    await dial(trunk);
    await assert.rejects(dial(trunk), { status: 503, message: /cpu exhausted/ });
    assert.equal(callee.invites.length, 1);
  });
});
