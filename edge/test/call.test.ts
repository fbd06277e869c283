import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { headerOf, rtpTarget, SipPeer } from './sip-peer.ts';
import { acknowledged, startSipp } from './sipp.ts';

/** Calls through the real Kamailio and RTPEngine, with SIPp in LiveKit SIP's place. */

const addresses = testAddresses();
const [livekit] = addresses.livekit;
let edge: EdgeHost;
let carrier: SipPeer;

before(async () => {
  edge = await startEdge(testConfig(addresses, 'callers: { allow: ["+15550199000"] }'), { probe: 3600 });
  carrier = await SipPeer.open(addresses.carrier);
});
after(async () => {
  carrier.close();
  await edge.stop();
});

test('a call passes: media both ways through RTPEngine, decision inward, BYE from the carrier', async (t) => {
  const sipp = await startSipp({
    scenario: 'livekit-answers',
    address: livekit,
    port: livekitPort,
    calls: 1,
  });
  const rtp = await RtpPeer.open(addresses.carrier);
  t.after(async () => {
    rtp.close();
    await sipp.stop();
  });
  const call = new CarrierCall(carrier, {
    edge: addresses.edgePublic,
    rtp,
    headers: [
      'X-Twilio-VerStat: TN-Validation-Passed-A',
      'X-Twilio-CallSid: CA1',
      'x-vestibule-verified: yes',
      'X-Vestibule-Decision : forged',
    ],
  }).invite();
  const answer = await call.final();
  assert.match(answer, /^SIP\/2\.0 200/);
  assert.equal(carrier.codes(call.callId)[0], 100);

  const invite =
    (await sipp.messages()).split(/^-{40,}.*$/m).find((text) => text.includes('INVITE sip:')) ?? '';
  for (const [name, pattern] of Object.entries({
    'X-Vestibule-Decision': /^[0-9a-f-]{36}$/,
    'X-Vestibule-Edge': new RegExp(`^${addresses.edgePrivate}$`),
    'X-Vestibule-Zone': /^test-a$/,
    'X-Vestibule-Carrier': /^twilio$/,
    'X-Vestibule-Attestation': /^A$/,
    'X-Vestibule-Verified': /^yes$/,
    'X-Vestibule-Number': /^\+15550100100$/,
    'X-Twilio-CallSid': /^CA1$/,
  })) {
    assert.equal([...invite.matchAll(new RegExp(`^${name}`, 'gim'))].length, 1, `${name} once in\n${invite}`);
    assert.match(headerOf(invite, name) ?? '', pattern, name);
  }
  assert.doesNotMatch(invite, /forged/);
  assert.equal(rtpTarget(invite).address, addresses.edgePrivate);

  const target = rtpTarget(answer);
  assert.equal(target.address, addresses.edgePublic);
  assert.equal(await rtp.echo('there and back', target), `${target.address}:${target.port}`);
  assert.equal(headerOf(answer, 'User-Agent'), undefined);
  assert.equal(headerOf(answer, 'Server'), undefined);
  assert.equal(headerOf(answer, 'X-Vestibule-Decision'), undefined);

  call.inDialog('BYE', answer, 2);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, call.callId);
  assert.equal(await sipp.done(), 0);
});

test('LiveKit SIP hangs up: BYE reaches the carrier, without headers that only the carrier may send', async (t) => {
  const livekitSide = await startSipp({
    scenario: 'livekit-hangs-up',
    address: livekit,
    port: livekitPort,
    calls: 1,
  });
  const carrierSide = await startSipp({
    scenario: 'carrier-calls',
    address: addresses.carrier,
    port: 5090,
    rtp: 30100,
    calls: 1,
    target: `${addresses.edgePublic}:5060`,
  });
  t.after(() => Promise.all([livekitSide.stop(), carrierSide.stop()]));
  assert.equal(await carrierSide.done(), 0);
  assert.equal(await livekitSide.done(), 0);
  const [, bye = ''] = (await carrierSide.messages()).split('BYE sip:');
  assert.equal(headerOf(bye, 'X-Twilio-VerStat'), undefined);
});

test('a third party’s RTP reaches neither side', async (t) => {
  const sipp = await startSipp({
    scenario: 'livekit-answers',
    address: livekit,
    port: livekitPort,
    calls: 1,
  });
  const rtp = await RtpPeer.open(addresses.carrier);
  const intruder = await RtpPeer.open(addresses.stranger);
  t.after(async () => {
    rtp.close();
    intruder.close();
    await sipp.stop();
  });
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp }).invite();
  const answer = await call.final();
  const target = rtpTarget(answer);
  for (let n = 0; n < 10; n++) intruder.send('intruder first', target);
  await rtp.echo('caller', target);
  for (let n = 0; n < 10; n++) intruder.send('intruder later', target);
  await rtp.echo('caller again', target);
  assert.deepEqual(intruder.received, []);
  assert.ok(rtp.received.every(({ payload }) => payload.startsWith('caller')));
  call.inDialog('BYE', answer, 2);
  assert.equal(await sipp.done(), 0);
});

test('Kamailio killed in mid-call and started again still relays the BYE', async (t) => {
  const sipp = await startSipp({
    scenario: 'livekit-answers',
    address: livekit,
    port: livekitPort,
    calls: 1,
  });
  t.after(() => sipp.stop());
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic }).invite();
  const answer = await call.final();
  await acknowledged(sipp);
  await edge.restartKamailio();
  call.inDialog('BYE', answer, 2);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, call.callId);
  assert.equal(await sipp.done(), 0);
});

test('RTPEngine killed in mid-call and started again takes the call from its store: audio goes on', async (t) => {
  const sipp = await startSipp({
    scenario: 'livekit-answers',
    address: livekit,
    port: livekitPort,
    calls: 1,
  });
  const rtp = await RtpPeer.open(addresses.carrier);
  t.after(async () => {
    rtp.close();
    await sipp.stop();
  });
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp }).invite();
  const answer = await call.final();
  const target = rtpTarget(answer);
  await rtp.echo('before', target);
  await edge.restartRtpengine();
  assert.equal(await rtp.echo('after', target), `${target.address}:${target.port}`);
  call.inDialog('BYE', answer, 2);
  assert.equal(await sipp.done(), 0);
});
