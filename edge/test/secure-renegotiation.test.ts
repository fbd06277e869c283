import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cryptosOf, newKey, profileOf, secureSdp, suite } from './crypto-sdp.ts';
import { type SecureCall, SecureHost } from './secure-host.ts';
import { audioSdp, headerOf, rtpTarget, sipAnswer, withBody } from './sip-peer.ts';

/** re-INVITEs inside an encrypted call: keys are kept or renewed, never lost. */

let host: SecureHost;
before(async () => {
  host = await SecureHost.start();
});
after(() => host.stop());

const okTo = (cseq: number) => new RegExp(`^SIP/2\\.0 200[^\\r]*\\r\\n(.*\\r\\n)*CSeq: ${cseq} INVITE`);

async function bothWays({ outer, inner }: SecureCall, text: string, edge: Target, inside: Target) {
  await outer.reach(inner, `caller ${text}`, edge);
  await inner.reach(outer, `agent ${text}`, inside);
}
type Target = { address: string; port: number };

for (const renewed of [false, true]) {
  test(`a re-INVITE of the carrier ${renewed ? 'with a new key' : 'with the same key'}: audio goes on`, async () => {
    const up = await host.secureCall();
    const { call, answer, outer, inner } = up;
    await bothWays(up, 'before', up.edge, up.inside);
    const own = renewed ? newKey() : up.own;
    call.inDialog('INVITE', answer, 2, secureSdp(outer, [[suite, own]]));
    const inward = await host.livekit.next(/^INVITE [^\r]*\r\n(.*\r\n)*CSeq: 2 /, call.callId);
    assert.equal(profileOf(inward), 'RTP/AVP');
    assert.doesNotMatch(inward, /a=crypto/);
    host.answer(inward, audioSdp(inner.address, inner.port));
    const outward = await host.carrier.next(okTo(2), call.callId);
    assert.equal(profileOf(outward), 'RTP/SAVP');
    const [crypto, ...more] = cryptosOf(outward);
    assert.deepEqual([crypto?.suite, more], [suite, []]);
    call.inDialog('ACK', outward, 2);
    outer.secure({ own, theirs: crypto?.key ?? Buffer.alloc(30) });
    await bothWays(up, 'after', rtpTarget(outward), rtpTarget(inward));
  });

  test(`a re-INVITE of LiveKit SIP offers SRTP with one suite; the carrier answers with ${renewed ? 'a new key' : 'its key'}`, async () => {
    const up = await host.secureCall();
    const { call, outer, inner } = up;
    await bothWays(up, 'before', up.edge, up.inside);
    host.inDialog('INVITE', up, 2, audioSdp(inner.address, inner.port));
    const outward = await host.carrier.next(/^INVITE /, call.callId);
    assert.equal(profileOf(outward), 'RTP/SAVP');
    assert.doesNotMatch(outward, /a=fingerprint|a=setup/);
    const [crypto, ...more] = cryptosOf(outward);
    assert.deepEqual([crypto?.suite, more], [suite, []]);

    const own = renewed ? newKey() : up.own;
    const contact = `Contact: <sip:carrier@${host.carrier.address}:${host.carrier.port};transport=tls>`;
    host.carrier.send(withBody(sipAnswer(outward, '200 OK'), contact, secureSdp(outer, [[suite, own]])));
    const inward = await host.livekit.next(okTo(2), call.callId);
    assert.equal(profileOf(inward), 'RTP/AVP');
    assert.doesNotMatch(inward, /a=crypto/);
    host.inDialog('ACK', up, 2);
    assert.match(
      headerOf(await host.carrier.next(/^ACK [^\r]*\r\n(.*\r\n)*CSeq: 2 /, call.callId), 'Via') ?? '',
      /^SIP\/2\.0\/TLS /,
    );
    outer.secure({ own, theirs: crypto?.key ?? Buffer.alloc(30) });
    await bothWays(up, 'after', rtpTarget(outward), rtpTarget(inward));
  });
}

test('an answer of the carrier in clear to an offer of SRTP does not reach LiveKit SIP, and nothing is sent in clear', async () => {
  const up = await host.secureCall();
  const { call, outer, inner } = up;
  await bothWays(up, 'before', up.edge, up.inside);
  host.inDialog('INVITE', up, 2, audioSdp(inner.address, inner.port));
  const outward = await host.carrier.next(/^INVITE /, call.callId);
  const clear = await host.rtpPeer(host.addresses.carrier);
  const contact = `Contact: <sip:carrier@${host.carrier.address}:${host.carrier.port};transport=tls>`;
  const ok = (body: string) => host.carrier.send(withBody(sipAnswer(outward, '200 OK'), contact, body));
  ok(audioSdp(clear.address, clear.port));
  inner.send('after', up.inside);
  // What comes after it on the same connection is taken: the first was dropped, not late.
  ok(secureSdp(outer, [[suite, up.own]]));
  await host.livekit.next(okTo(2), call.callId);
  outer.secure({ own: up.own, theirs: cryptosOf(outward)[0]?.key ?? Buffer.alloc(30) });
  await inner.reach(outer, 'agent later', up.inside);
  assert.deepEqual(clear.received, []);
  const answers = host.livekit.received.filter((text) => okTo(2).test(text) && text.includes(call.callId));
  assert.equal(answers.length, 1);
});

test('LiveKit SIP’s request that would leave by UDP is refused: the carrier must use TLS', async () => {
  const up = await host.secureCall();
  host.inDialog(
    'INVITE',
    { ...up, invite: up.invite.replace(/;transport=tls>/g, '>') },
    2,
    audioSdp('127.0.0.1', 9),
  );
  await host.livekit.next(/^SIP\/2\.0 403 Forbidden/, up.call.callId);
});

test('Kamailio killed in mid-call and started again: the call is still encrypted, and ends by TLS from either side', async () => {
  const calls = [await host.secureCall(), await host.secureCall()] as const;
  await host.edge.restartKamailio();
  const [up, other] = calls;
  host.inDialog('INVITE', up, 2, audioSdp(up.inner.address, up.inner.port));
  const outward = await host.carrier.next(/^INVITE /, up.call.callId);
  assert.equal(profileOf(outward), 'RTP/SAVP');
  assert.equal(cryptosOf(outward).length, 1);
  host.inDialog('BYE', up, 3);
  await host.carrier.next(/^BYE /, up.call.callId);

  const again = await host.tlsPeer(host.addresses.carrier);
  other.call.by(again).inDialog('BYE', other.answer, 2);
  const bye = await host.livekit.next(/^BYE /, other.call.callId);
  host.livekit.send(sipAnswer(bye, '200 OK'), host.addresses.edgePrivate);
  await again.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, other.call.callId);
});
