import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cryptosOf, newKey, profileOf, secureSdp, suite } from './crypto-sdp.ts';
import { livekitPort } from './edge-host.ts';
import { SecureHost } from './secure-host.ts';
import { audioSdp, headerOf, rtpTarget, sipAnswer } from './sip-peer.ts';

/** A carrier's call over TLS with SRTP, through the real Kamailio and RTPEngine; LiveKit SIP's side is plain RTP. */

let host: SecureHost;
before(async () => {
  host = await SecureHost.start();
});
after(() => host.stop());

test('a call over TLS: SDES answered with one suite, SRTP outside, RTP inside, BYE from the carrier', async () => {
  const { addresses, carrier, livekit } = host;
  const { call, invite, answer, outer, inner, edge, inside } = await host.secureCall();
  assert.match(answer, /^SIP\/2\.0 200/);
  assert.equal(profileOf(answer), 'RTP/SAVP');
  assert.deepEqual(
    cryptosOf(answer).map((crypto) => [crypto.tag, crypto.suite, crypto.key.length]),
    [[1, suite, 30]],
  );
  assert.doesNotMatch(answer, /a=fingerprint|a=setup/);
  assert.equal(edge.address, addresses.edgePublic);

  assert.equal(profileOf(invite), 'RTP/AVP');
  assert.doesNotMatch(invite, /a=crypto|SAVP|a=fingerprint/);
  assert.equal(inside.address, addresses.edgePrivate);
  assert.equal(headerOf(invite, 'X-Vestibule-Carrier'), 'strict');

  await outer.reach(inner, 'caller speaks', edge);
  await inner.reach(outer, 'agent speaks', inside);
  assert.equal(outer.rejected, 0);

  call.inDialog('BYE', answer, 2);
  const bye = await livekit.next(/^BYE /, call.callId);
  livekit.send(sipAnswer(bye, '200 OK'), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, call.callId);
});

test('LiveKit SIP hangs up: BYE reaches the carrier over TLS, where its Contact says', async () => {
  const up = await host.secureCall();
  host.inDialog('BYE', up, 2);
  const bye = await host.carrier.next(/^BYE /, up.call.callId);
  assert.match(bye, /^Via: SIP\/2\.0\/TLS /m);
  assert.equal(host.carrier.accepted.length, 1);
  host.carrier.send(sipAnswer(bye, '200 OK'));
  await host.livekit.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, up.call.callId);
});

test('the first LiveKit SIP answers 503: the second gets the call in clear, the carrier its SRTP', async () => {
  const { addresses, carrier, livekit } = host;
  const second = await host.udpPeer(addresses.livekit[1], livekitPort);
  const outer = await host.rtpPeer(addresses.carrier);
  const inner = await host.rtpPeer(second.address);
  const own = newKey();
  const call = host.call(carrier, { body: secureSdp(outer, [[suite, own]]) }).invite();
  livekit.send(sipAnswer(await livekit.next(/^INVITE /, call.callId), '503 Busy'), addresses.edgePrivate);
  const invite = await second.next(/^INVITE /, call.callId);
  assert.equal(profileOf(invite), 'RTP/AVP');
  assert.match(invite, /^Record-Route: .*;srtp=sdes/m);
  host.answer(invite, audioSdp(inner.address, inner.port), second);
  const answer = await call.final();
  const [crypto, ...more] = cryptosOf(answer);
  assert.deepEqual([profileOf(answer), crypto?.suite, more], ['RTP/SAVP', suite, []]);
  outer.secure({ own, theirs: crypto?.key ?? Buffer.alloc(30) });
  await outer.reach(inner, 'caller speaks', rtpTarget(answer));
  await inner.reach(outer, 'agent speaks', rtpTarget(invite));
});

test('SRTP under another key, and RTP in clear, do not arrive inside', async () => {
  const { outer, inner, edge, own } = await host.secureCall();
  await outer.reach(inner, 'with the key', edge);
  for (const [key, text] of [
    [undefined, 'in clear'],
    [newKey(), 'another key'],
  ] as const) {
    outer.sealWith(key);
    for (let n = 0; n < 10; n++) outer.send(text, edge);
  }
  outer.sealWith(own);
  await outer.reach(inner, 'with the key again', edge);
  const arrived = [...new Set(inner.received.map(({ payload }) => payload))];
  assert.deepEqual(arrived, ['with the key', 'with the key again']);
});

test('RTPEngine killed in mid-call and started again has the keys: audio goes on both ways', async () => {
  const { outer, inner, edge, inside } = await host.secureCall();
  await outer.reach(inner, 'before', edge);
  await inner.reach(outer, 'before', inside);
  await host.edge.restartRtpengine();
  await outer.reach(inner, 'after', edge);
  await inner.reach(outer, 'after', inside);
  assert.equal(outer.rejected, 0);
});

test('… and takes the caller’s packets also when their sequence number has wrapped before', async () => {
  const { outer, inner, edge } = await host.secureCall();
  outer.sequence = 0xfffe;
  for (const text of ['at the end', 'wrapped', 'once more']) await outer.reach(inner, text, edge);
  assert.ok(outer.sequence > 0x10000);
  await host.edge.restartRtpengine();
  await outer.reach(inner, 'after', edge);
});
