import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { atZone, type Config } from '@vestibule/config';
import { ok } from './answer.ts';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, sipPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { audioSdp, rtpTarget, SipPeer } from './sip-peer.ts';
import { acknowledged, startSipp } from './sipp.ts';

/** Two zones, each with its Kamailio, RTPEngine and pair of LiveKit SIP services; one part after the other is dead. */

const addresses = testAddresses();
const net = addresses.edgePublic.replace(/\.\d+$/, '');
const second = {
  edgePublic: `${net}.30`,
  edgePrivate: `${net}.31`,
  livekit: [`${net}.3`, `${net}.4`],
} as const;
const timers = { probe: 3600 };

const config: Config = testConfig(
  addresses,
  `
otherZones:
  - zone: test-b
    public: { address: ${second.edgePublic}, sip: ${sipPort}, rtp: 21000-21200 }
    private: { address: ${second.edgePrivate}, sip: ${sipPort}, store: redis://${second.edgePrivate}:6392 }
    livekitSip: [${second.livekit.map((host) => `${host}:${livekitPort}`).join(', ')}]`,
);

let own: EdgeHost;
let other: EdgeHost;
let carrier: SipPeer;

before(async () => {
  [own, other] = await Promise.all([startEdge(config, timers), startEdge(atZone(config, 'test-b'), timers)]);
  carrier = await SipPeer.open(addresses.carrier);
});
after(async () => {
  carrier.close();
  await Promise.all([own.stop(), other.stop()]);
});

const answerer = (address: string) =>
  startSipp({ scenario: 'livekit-answers', address, port: livekitPort, calls: 1 });
const bye = async (call: CarrierCall, answer: string, cseq: number) => {
  call.inDialog('BYE', answer, cseq);
  await carrier.next(new RegExp(`^SIP/2\\.0 200 OK\\r\\n(.*\\r\\n)*CSeq: ${cseq} BYE`), call.callId);
};

test('own RTPEngine dead: the other zone’s has the media', async (t) => {
  await own.stopRtpengine();
  const sipp = await answerer(addresses.livekit[0]);
  const rtp = await RtpPeer.open(addresses.carrier);
  t.after(async () => {
    rtp.close();
    await sipp.stop();
  });
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic, rtp }).invite();
  const answer = await call.final();
  assert.match(answer, /^SIP\/2\.0 200/);
  const target = rtpTarget(answer);
  assert.equal(target.address, second.edgePublic);
  assert.equal(await rtp.echo('through the other zone', target), `${target.address}:${target.port}`);
  await bye(call, answer, 2);
  assert.equal(await sipp.done(), 0);
});

test('and has it for a re-INVITE too, also when Kamailio was started again in between', async (t) => {
  const livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
  t.after(async () => {
    livekit.close();
    await own.restartRtpengine();
  });
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic }).invite();
  const invite = await livekit.next(/^INVITE /, call.callId);
  const media = rtpTarget(invite);
  assert.equal(media.address, second.edgePrivate);
  livekit.send(ok(invite, livekit, 41000), addresses.edgePrivate);
  const answer = await call.final();
  await livekit.next(/^ACK /, call.callId);
  await own.restartKamailio();
  call.inDialog('INVITE', answer, 2, audioSdp(addresses.carrier, 30000));
  const inward = await livekit.next(/^INVITE [^\r]*\r\n(.*\r\n)*CSeq: 2 /, call.callId);
  assert.deepEqual(rtpTarget(inward), media);
});

test('own pair dead: the other zone’s pair takes the call, in the order of the file', async (t) => {
  const sipp = await answerer(second.livekit[0]);
  t.after(() => sipp.stop());
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic }).invite();
  const answer = await call.final();
  assert.match(answer, /^SIP\/2\.0 200/);
  assert.equal(rtpTarget(answer).address, addresses.edgePublic, 'media stays in the own zone');
  await acknowledged(sipp);
  await bye(call, answer, 2);
  assert.equal(await sipp.done(), 0);
});

test('the first zone dead: the second URI’s edge takes the call', async (t) => {
  const sipp = await answerer(second.livekit[0]);
  t.after(() => sipp.stop());
  const call = new CarrierCall(carrier, { edge: second.edgePublic }).invite();
  const answer = await call.final();
  assert.equal(rtpTarget(answer).address, second.edgePublic);
  await acknowledged(sipp);
  await bye(call, answer, 2);
  assert.equal(await sipp.done(), 0);
});
