import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { ok } from './answer.ts';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { rtpTarget, SipPeer } from './sip-peer.ts';
import { until } from './until.ts';

/** RTP bleed and RTP inject: a third party sends to both ports of a call, before anybody else does. */

const addresses = testAddresses();
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  edge = await startEdge(testConfig(addresses), { probe: 3600 });
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
});
after(async () => {
  carrier.close();
  livekit.close();
  await edge.stop();
});

/** A call whose sides have sent nothing yet, and an intruder. */
async function silentCall(t: TestContext) {
  const [caller, agent, intruder] = await Promise.all([
    RtpPeer.open(addresses.carrier),
    RtpPeer.open(addresses.livekit[0]),
    RtpPeer.open(addresses.stranger),
  ]);
  t.after(() => [caller, agent, intruder].forEach((peer) => peer.close()));
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp: caller }).invite();
  const invite = await livekit.next(/^INVITE /, call.callId);
  livekit.send(ok(invite, livekit, agent.port), addresses.edgePrivate);
  const answer = await call.final();
  await livekit.next(/^ACK /, call.callId);
  return { caller, agent, intruder, outer: rtpTarget(answer), inner: rtpTarget(invite) };
}

type SilentCall = Awaited<ReturnType<typeof silentCall>>;

/** The intruder sends to both ports until a packet of each side has passed in between, and some more. */
async function attack({ caller, agent, intruder, outer, inner }: SilentCall, rounds: number) {
  const heard = (peer: RtpPeer, text: string) => peer.received.some(({ payload }) => payload === text);
  for (let round = 0; round < rounds; round++) {
    const text = `round ${round} of ${agent.port}`;
    for (const target of [outer, inner]) for (let n = 0; n < 5; n++) intruder.send('intruder', target);
    await until(`both hear ${text}`, () => {
      caller.send(text, outer);
      agent.send(text, inner);
      for (const target of [outer, inner]) intruder.send('intruder', target);
      return heard(agent, text) && heard(caller, text);
    });
  }
}

function assertUntouched({ caller, agent, intruder }: SilentCall) {
  assert.equal(intruder.received.length, 0, 'packets that leaked');
  const injected = [...caller.received, ...agent.received].filter(({ payload }) => payload === 'intruder');
  assert.equal(injected.length, 0, 'packets injected');
}

test('nothing leaks and nothing is injected from the first packet on', async (t) => {
  const call = await silentCall(t);
  await attack(call, 10);
  assertUntouched(call);
});

test('nor after RTPEngine was killed within a second of the answer, and restored the call', async (t) => {
  const call = await silentCall(t);
  await edge.restartRtpengine();
  await attack(call, 10);
  assertUntouched(call);
});

test('nor when it was killed while both sides were talking', async (t) => {
  const call = await silentCall(t);
  await attack(call, 2);
  await edge.restartRtpengine();
  await attack(call, 10);
  assertUntouched(call);
});
