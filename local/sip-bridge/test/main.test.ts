import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dispose } from '@livekit/rtc-node';
import {
  buildSdp,
  g711Offer,
  OutgoingCall,
  Pacer,
  SipEndpoint,
  type SipResponse,
} from '@vestibule/local-telephony';
import { TestAgent } from './agent.ts';
import { type BridgeProcess, startBridge } from './bridge-process.ts';
import { Line } from './line.ts';
import { World } from './world.ts';

const address = '127.0.0.1';

describe('the bridge as a process', () => {
  let world: World;
  let endpoint: SipEndpoint;

  before(async () => {
    world = await World.open();
    endpoint = await SipEndpoint.open({ address, port: 0 });
    await world.api('SIP/CreateSIPInboundTrunk', { trunk: { name: 'all', numbers: ['+15550100300'] } });
    const rule = { dispatchRuleIndividual: { roomPrefix: 'main', pin: '' } };
    await world.api('SIP/CreateSIPDispatchRule', { dispatch_rule: { name: 'all', rule } });
  });

  after(async () => {
    endpoint.close();
    await world.close();
    await dispose();
  });

  /** A call from a number of its own; `ringing` resolves with the first 180. */
  function place(
    bridge: BridgeProcess,
    caller: string,
    rtpPort = 9,
  ): { call: OutgoingCall; ringing: Promise<SipResponse> } {
    const ringing = Promise.withResolvers<SipResponse>();
    const call = new OutgoingCall(endpoint, {
      uri: `sip:+15550100300@${address}`,
      from: `<sip:${caller}@${address}>`,
      peer: bridge.local,
      sdp: buildSdp({ sessionId: 1, version: 1, audio: { address, port: rtpPort }, formats: g711Offer }),
      onProvisional: (response) => {
        if (response.status === 180) ringing.resolve(response);
      },
    });
    // A call that ends without having rung must fail its test, not hang it.
    void call.outcome.then((outcome) =>
      ringing.reject(new Error(`ended without ringing: ${JSON.stringify(outcome)}`)),
    );
    ringing.promise.catch(() => undefined);
    return { call, ringing: ringing.promise };
  }

  async function joined(caller: string): Promise<string> {
    const prefix = `main_${caller}`;
    const hook = await world.webhook(
      ({ event, room }) => event === 'room_started' && room.name.startsWith(prefix),
      20_000,
    );
    return hook?.room.name ?? 'no room';
  }

  test('SIGTERM lets the call go on and still takes new ones; the process ends with the last (19e)', async (t) => {
    const bridge = await startBridge(world.livekit);
    t.after(() => bridge.kill('SIGKILL'));
    const { call } = place(bridge, '+15550100301');
    const room = await joined('+15550100301');
    const agent = await TestAgent.join(world.livekit, { room, identity: 'agent-1', subscribe: false });
    assert.equal((await call.outcome).kind, 'answered');
    bridge.kill('SIGTERM');
    const second = place(bridge, '+15550100302');
    await second.ringing;
    assert.equal((await call.request('OPTIONS'))?.status, 200);
    second.call.cancel();
    const outcome = await second.call.outcome;
    assert.equal(outcome.kind === 'refused' && outcome.status, 487);
    assert.equal((await call.bye())?.status, 200);
    assert.equal(await bridge.exit, 0);
    await agent.leave();
  });

  /** Resolves when caller and participant have both heard each other for half a second from now on. */
  async function bothHeard(line: Line, agent: TestAgent, withinMs: number): Promise<void> {
    const [atLine, atAgent] = [line.heard, agent.heard];
    const deadline = performance.now() + withinMs;
    while (line.heard < atLine + 25 || agent.heard < atAgent + 25) {
      const counts = `caller ${line.heard - atLine}, participant ${agent.heard - atAgent} frames`;
      assert.ok(performance.now() < deadline, `heard in ${withinMs} ms: ${counts}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test('with LiveKit Server down: 503 after a second, a running call stays; back up, calls and voice return (19a, 19b)', async (t) => {
    const bridge = await startBridge(world.livekit);
    t.after(() => bridge.kill('SIGKILL'));
    const line = await Line.open(address, new Pacer());
    t.after(() => line.close());
    const { call } = place(bridge, '+15550100303', line.port);
    const room = await joined('+15550100303');
    const agent = await TestAgent.join(world.livekit, { room, identity: 'agent-1' });
    t.after(() => agent.leave());
    const answer = await call.outcome;
    assert.ok(answer.kind === 'answered');
    line.start(answer.sdp);
    await bothHeard(line, agent, 10_000);
    await world.livekit.kill();
    const from = performance.now();
    const outcome = await place(bridge, '+15550100304').call.outcome;
    const ms = performance.now() - from;
    assert.equal(outcome.kind === 'refused' && `${outcome.status} ${outcome.reason}`, '503 Try again later');
    assert.ok(ms > 900 && ms < 5000, `after ${ms} ms`);
    assert.equal((await call.request('OPTIONS'))?.status, 200);
    await world.livekit.restart();
    // The first participant's library may take itself for reconnected when it is not; that is not the bridge's doing.
    const second = await TestAgent.join(world.livekit, { room, identity: 'agent-2' });
    t.after(() => second.leave());
    await bothHeard(line, second, 30_000);
    const third = place(bridge, '+15550100305');
    await third.ringing;
    third.call.cancel();
    await third.call.outcome;
    assert.equal((await call.bye())?.status, 200);
    bridge.kill('SIGTERM');
    assert.equal(await bridge.exit, 0);
  });
});
