import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CarrierCall } from './carrier-call.ts';
import { cryptosOf, newKey, profileOf, secureSdp, suite } from './crypto-sdp.ts';
import { SecureHost } from './secure-host.ts';
import { audioSdp, headerOf } from './sip-peer.ts';

/** What a carrier must use, and what becomes of it when it does not: `carriers[].transport` and `srtp`. */

let host: SecureHost;
before(async () => {
  host = await SecureHost.start();
});
after(() => host.stop());

const media = () => ({ address: host.addresses.carrier, port: 30000 });
const refused = async (call: CarrierCall) => (await call.invite().final()).split('\r\n')[0];
const answerTo = (call: CarrierCall, cseq: number, method = 'INVITE') =>
  call.peer.next(new RegExp(`^SIP/2\\.0 [2-6][^\\r]*\\r\\n(.*\\r\\n)*CSeq: ${cseq} ${method}`), call.callId);

test('must use TLS: its INVITE by UDP gets 403, with or without SRTP', async () => {
  const peer = await host.udpPeer(host.addresses.carrier);
  for (const body of [audioSdp(peer.address, 30000), secureSdp(media(), [[suite, newKey()]])]) {
    assert.equal(await refused(host.call(peer, { body })), 'SIP/2.0 403 TLS Required');
  }
});

test('must use SRTP: an offer of RTP in clear gets 488', async () => {
  for (const profile of ['RTP/AVP', 'RTP/AVPF']) {
    const body = audioSdp(media().address, 30000).replace('RTP/AVP', profile);
    assert.equal(await refused(host.call(host.carrier, { body })), 'SIP/2.0 488 SRTP Required');
  }
});

test('an SRTP offer that is not ours to take gets 488: other suites, DTLS, one stream in clear, RTP/SAVPF', async () => {
  const good = secureSdp(media(), [[suite, newKey()]]);
  const offers = {
    'other suites': secureSdp(media(), [
      ['AEAD_AES_256_GCM', newKey()],
      ['AES_CM_128_HMAC_SHA1_32', newKey()],
    ]),
    'no suite': secureSdp(media(), []),
    dtls: audioSdp(media().address, 30000).replace(
      'RTP/AVP 0 8 101',
      'UDP/TLS/RTP/SAVP 0 8 101\na=setup:actpass\na=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB',
    ),
    'one in clear': `${good}m=audio 30002 RTP/AVP 0\n`,
    feedback: good.replace('RTP/SAVP', 'RTP/SAVPF'),
  };
  for (const [name, body] of Object.entries(offers)) {
    assert.equal(
      await refused(host.call(host.carrier, { body })),
      'SIP/2.0 488 No Crypto Suite In Common',
      name,
    );
  }
});

test('ours is taken from among others, wherever it stands, with its own tag', async () => {
  const body = secureSdp(media(), [
    ['AEAD_AES_256_GCM', Buffer.concat([newKey(), newKey()]).subarray(0, 44)],
    ['AES_CM_128_HMAC_SHA1_32', newKey()],
    [suite, newKey()],
  ]);
  const call = host.call(host.carrier, { body }).invite();
  const invite = await host.livekit.next(/^INVITE /, call.callId);
  assert.doesNotMatch(invite, /a=crypto/);
  host.answer(invite, audioSdp(host.livekit.address, 41000));
  const answer = await call.final();
  assert.deepEqual(
    cryptosOf(answer).map((crypto) => [crypto.tag, crypto.suite]),
    [[3, suite]],
  );
});

test('in mid-call: RTP in clear gets 488, a request by UDP 403, and the call goes on as it was', async () => {
  const { call, answer, outer, inner, edge } = await host.secureCall();
  call.inDialog('INVITE', answer, 2, audioSdp(outer.address, outer.port));
  assert.match(await answerTo(call, 2), /^SIP\/2\.0 488 SRTP Required/);

  const udp = await host.udpPeer(host.addresses.carrier);
  for (const [method, cseq] of [
    ['INVITE', 3],
    ['BYE', 4],
  ] as const) {
    const forged = call.by(udp);
    forged.inDialog(method, answer, cseq, method === 'BYE' ? '' : secureSdp(outer, [[suite, newKey()]]));
    assert.match(await answerTo(forged, cseq, method), /^SIP\/2\.0 403 TLS Required/);
  }
  await outer.reach(inner, 'as it was', edge);
  const inside = host.livekit.received.filter((text) => text.includes(call.callId));
  assert.deepEqual(
    inside.map((text) => text.split(' ')[0]),
    ['INVITE', 'ACK'],
  );
});

test('may use SRTP: RTP in clear over TLS and SRTP are both taken, and each stays what it began as', async () => {
  const carrier = await host.tlsPeer(host.addresses.otherCarrier);
  const clear = audioSdp(carrier.address, 30000);
  const secure = secureSdp({ address: carrier.address, port: 30000 }, [[suite, newKey()]]);
  for (const [body, other, profile] of [
    [clear, secure, 'RTP/AVP'],
    [secure, clear, 'RTP/SAVP'],
  ] as const) {
    const call = host.call(carrier, { body }).invite();
    const invite = await host.livekit.next(/^INVITE /, call.callId);
    assert.equal(headerOf(invite, 'X-Vestibule-Carrier'), 'free');
    host.answer(invite, audioSdp(host.livekit.address, 41000));
    const answer = await call.final();
    assert.match(answer, /^SIP\/2\.0 200/);
    assert.equal(profileOf(answer), profile);
    assert.equal(cryptosOf(answer).length, profile === 'RTP/SAVP' ? 1 : 0);
    call.inDialog('INVITE', answer, 2, other);
    assert.match(await answerTo(call, 2), /^SIP\/2\.0 488 Encryption Must Not Change/);
  }
});

test('an INVITE without SDP in an encrypted call gets 488: its offer would come too late to be encrypted', async () => {
  const { call, answer } = await host.secureCall();
  call.inDialog('INVITE', answer, 2);
  assert.match(await answerTo(call, 2), /^SIP\/2\.0 488 SDP Offer Required/);
});
