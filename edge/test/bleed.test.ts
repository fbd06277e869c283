import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { SipPeer } from './sip-peer.ts';
import { type Party, twoPartyCall } from './two-party-call.ts';
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
  const intruder = await RtpPeer.open(addresses.stranger);
  t.after(() => intruder.close());
  const call = await twoPartyCall(addresses, carrier, livekit);
  t.after(() => call.end());
  return { ...call, intruder };
}

type SilentCall = Awaited<ReturnType<typeof silentCall>>;

/** The intruder sends to both ports until a packet of each side has passed in between, and some more. */
async function attack({ caller, agent, intruder }: SilentCall, rounds: number) {
  const heard = ({ rtp }: Party, text: string) => rtp.received.some(({ payload }) => payload === text);
  const targets = [caller.target, agent.target];
  for (let round = 0; round < rounds; round++) {
    const text = `round ${round} of ${agent.rtp.port}`;
    for (const target of targets) for (let n = 0; n < 5; n++) intruder.send('intruder', target);
    await until(`both hear ${text}`, () => {
      for (const { rtp, target } of [caller, agent]) rtp.send(text, target);
      for (const target of targets) intruder.send('intruder', target);
      return heard(agent, text) && heard(caller, text);
    });
  }
}

function assertUntouched({ caller, agent, intruder }: SilentCall) {
  assert.equal(intruder.received.length, 0, 'packets that leaked');
  const received = [...caller.rtp.received, ...agent.rtp.received];
  assert.equal(received.filter(({ payload }) => payload === 'intruder').length, 0, 'packets injected');
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
