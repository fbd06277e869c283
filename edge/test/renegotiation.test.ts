import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ok } from './answer.ts';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { until } from './until.ts';
import { audioSdp, headerOf, rtpTarget, SipPeer, sipRequest } from './sip-peer.ts';

/** What changes hands inside a call: re-INVITEs of either side, answers that come late or from nowhere. */

const addresses = testAddresses();
const [host] = addresses.livekit;
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  edge = await startEdge(testConfig(addresses), { probe: 3600 });
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(host, livekitPort);
});
after(async () => {
  carrier.close();
  livekit.close();
  await edge.stop();
});

/** A call that is up, as each side saw it. */
async function established() {
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic }).invite();
  const invite = await livekit.next(/^INVITE /, call.callId);
  livekit.send(ok(invite, livekit, 41000), addresses.edgePrivate);
  const answer = await call.final();
  await livekit.next(/^ACK /, call.callId);
  return { call, invite, answer };
}

test('a re-INVITE of the carrier is rewritten inward, and its answer outward', async () => {
  const { call, answer } = await established();
  call.inDialog('INVITE', answer, 2, audioSdp(addresses.carrier, 30500));
  const inward = await livekit.next(/^INVITE [^\r]*\r\n(.*\r\n)*CSeq: 2 /, call.callId);
  assert.equal(rtpTarget(inward).address, addresses.edgePrivate);
  livekit.send(ok(inward, livekit, 41002, '').replace(/;tag=\n/, '\n'), addresses.edgePrivate);
  const outward = await carrier.next(/^SIP\/2\.0 200[^\r]*\r\n(.*\r\n)*CSeq: 2 INVITE/, call.callId);
  assert.equal(rtpTarget(outward).address, addresses.edgePublic);
});

test('a re-INVITE of LiveKit SIP is rewritten outward, and its answer inward', async () => {
  const { call, invite, answer } = await established();
  const routes = [...invite.matchAll(/^Record-Route: (.*)\r$/gm)].map(([, route]) => `Route: ${route}`);
  const { text } = sipRequest(livekit, {
    method: 'INVITE',
    uri: `sip:carrier@${carrier.address}:${carrier.port}`,
    callId: call.callId,
    cseq: 2,
    from: headerOf(answer, 'To') ?? '',
    to: headerOf(answer, 'From') ?? '',
    headers: routes,
    body: audioSdp(host, 41004),
  });
  livekit.send(text, addresses.edgePrivate);
  const outward = await carrier.next(/^INVITE /, call.callId);
  assert.equal(rtpTarget(outward).address, addresses.edgePublic);
  carrier.send(ok(outward, carrier, 30600, '').replace(/;tag=\n/, '\n'), addresses.edgePublic);
  const inward = await livekit.next(/^SIP\/2\.0 200[^\r]*\r\n(.*\r\n)*CSeq: 2 INVITE/, call.callId);
  assert.equal(rtpTarget(inward).address, addresses.edgePrivate);
});

test('a repeated 200 is rewritten each time, and none goes out that could not be', async () => {
  const { call, invite } = await established();
  livekit.send(ok(invite, livekit, 41000), addresses.edgePrivate);
  const seen = () =>
    carrier.received.filter((text) => /^SIP\/2\.0 200/.test(text) && text.includes(call.callId));
  await until('both have arrived', () => seen().length >= 2);
  for (const text of seen()) assert.equal(rtpTarget(text).address, addresses.edgePublic);
});
