import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { mintTransferGrant, transferHeader } from '@vestibule/call-token';
import { cryptosOf, newKey, profileOf, secureSdp, suite } from './crypto-sdp.ts';
import { testAddresses } from './edge-host.ts';
import { carrierPort, SecureHost } from './secure-host.ts';
import { audioSdp, rtpTarget, sipAnswer, sipRequest, withBody } from './sip-peer.ts';

/** A call of LiveKit SIP to staff, through a carrier that must use TLS and SRTP. */

const secret = randomBytes(32).toString('hex');
const [callerId, destination] = ['+15550100100', '+15550100200'];
const outbound = `
outbound:
  carrier: strict
  domain: clinic.pstn.example.com
  gateways: ["${testAddresses().carrier}:${carrierPort}"]
  callerIds: ["${callerId}"]
  destinations: ["${destination}"]
  rate: 40/m
  perDestination: 20/m
  concurrent: 3
  refer: refuse`;

let host: SecureHost;
before(async () => {
  host = await SecureHost.start(outbound, { VESTIBULE_TRANSFER_KEY: secret });
});
after(() => host.stop());

/** LiveKit SIP's INVITE, as the carrier gets it over TLS. */
async function invite(rtp: { address: string; port: number }) {
  const grant = mintTransferGrant(
    { destination, callerId, decision: randomUUID(), exp: Math.floor(Date.now() / 1000) + 30 },
    secret,
  );
  const { text, callId } = sipRequest(host.livekit, {
    method: 'INVITE',
    uri: `sip:${destination}@${host.addresses.edgePrivate}`,
    from: `<sip:${callerId}@${host.livekit.address}>;tag=a1`,
    headers: [`${transferHeader}: ${grant}`],
    body: audioSdp(rtp.address, rtp.port),
  });
  host.livekit.send(text, host.addresses.edgePrivate);
  return { callId, request: await host.carrier.next(/^INVITE /, callId) };
}

const contact = () => `Contact: <sip:${host.carrier.address}:${carrierPort};transport=tls>`;

test('it goes out over TLS, offers SRTP with one suite, and audio passes both ways', async () => {
  const outer = await host.rtpPeer(host.addresses.carrier);
  const inner = await host.rtpPeer(host.addresses.livekit[0]);
  const { callId, request } = await invite(inner);
  assert.match(request, /^Via: SIP\/2\.0\/TLS /m);
  assert.equal(profileOf(request), 'RTP/SAVP');
  const [crypto, ...more] = cryptosOf(request);
  assert.deepEqual([crypto?.suite, more], [suite, []]);
  assert.doesNotMatch(request, /a=fingerprint|a=setup/);

  const own = newKey();
  host.carrier.send(withBody(sipAnswer(request, '200 OK'), contact(), secureSdp(outer, [[suite, own]])));
  const answer = await host.livekit.next(/^SIP\/2\.0 200/, callId);
  assert.equal(profileOf(answer), 'RTP/AVP');
  assert.doesNotMatch(answer, /a=crypto/);
  outer.secure({ own, theirs: crypto?.key ?? Buffer.alloc(30) });
  await outer.reach(inner, 'staff speaks', rtpTarget(request));
  await inner.reach(outer, 'caller speaks', rtpTarget(answer));
});

test('an answer of the carrier in clear does not connect the call', async () => {
  const { addresses, carrier, livekit } = host;
  const inner = await host.rtpPeer(addresses.livekit[0]);
  const outer = await host.rtpPeer(addresses.carrier);
  const { callId, request } = await invite(inner);
  const ok = (body: string) => carrier.send(withBody(sipAnswer(request, '200 OK'), contact(), body));
  ok(audioSdp(outer.address, outer.port));
  // What comes after it on the same connection is passed on: the first was dropped, not late.
  ok(secureSdp(outer, [[suite, newKey()]]));
  await livekit.next(/^SIP\/2\.0 200/, callId);
  const answers = livekit.received.filter((text) => /^SIP\/2\.0 200/.test(text) && text.includes(callId));
  assert.equal(answers.length, 1);
});
