import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { kamcmd } from '@vestibule/edge-config';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { headerOf, rtpTarget, sipAnswer, SipPeer } from './sip-peer.ts';
import { startSipp } from './sipp.ts';
import { until } from './until.ts';

/** What the carrier gets when LiveKit SIP is down, refuses, or says nothing more. Timers are a third of the real. */

const addresses = testAddresses();
const [first, second] = addresses.livekit;
let edge: EdgeHost;
let carrier: SipPeer;

before(async () => {
  // Probes are far apart: a peer that a busy machine keeps from answering two of them would count as down.
  edge = await startEdge(testConfig(addresses), { probe: 3, noAnswer: 350, silence: 900 });
  carrier = await SipPeer.open(addresses.carrier);
});
after(async () => {
  carrier.close();
  await edge.stop();
});

const run = ([program, ...args]: readonly [string, ...string[]]) => promisify(execFile)(program, args);

/** Both targets count as up until a call or two missed probes say otherwise. */
beforeEach(async () => {
  for (const host of addresses.livekit) {
    await run(kamcmd(edge.paths, 'dispatcher.set_state', 'ap', '1', `sip:${host}:${livekitPort}`));
  }
});

let caller = 15550190000;
const call = () => new CarrierCall(carrier, { edge: addresses.edgePublic, caller: `+${++caller}` }).invite();

test('the first target is down: the second gets the call, after a 100 at once', async (t) => {
  const sipp = await startSipp({ scenario: 'livekit-answers', address: second, port: livekitPort });
  t.after(() => sipp.stop());
  const attempt = call();
  const answer = await attempt.final();
  assert.match(answer, /^SIP\/2\.0 200/);
  assert.equal(carrier.codes(attempt.callId)[0], 100);
  attempt.inDialog('BYE', answer, 2);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, attempt.callId);
});

test('the first target answers 503: the second gets the call', async (t) => {
  const broken = await startSipp({ scenario: 'livekit-unavailable', address: first, port: livekitPort });
  const sound = await startSipp({ scenario: 'livekit-answers', address: second, port: livekitPort });
  t.after(() => Promise.all([broken.stop(), sound.stop()]));
  const attempt = call();
  const answer = await attempt.final();
  assert.match(answer, /^SIP\/2\.0 200/);
  assert.match(await broken.messages(), /INVITE sip:/);
  const invite = await sound.messages();
  assert.match(invite, /^X-Vestibule-Attestation: none\r$/m);
  assert.equal(rtpTarget(invite).address, addresses.edgePrivate);
  const decision = headerOf(invite, 'X-Vestibule-Decision');
  assert.match(await edge.log(), new RegExp(`"event":"target-failed","decision":"${decision}".*"code":503`));
  attempt.inDialog('BYE', answer, 2);
  await carrier.next(/^SIP\/2\.0 200 OK\r\n(.*\r\n)*CSeq: 2 BYE/, attempt.callId);
});

test('both are down: 503, so that the carrier takes its next URI', async () => {
  const started = performance.now();
  const answer = await call().final();
  assert.match(answer, /^SIP\/2\.0 503 Service Unavailable/);
  assert.ok(performance.now() - started < 4000);
});

test('refused in silence (100, 180, nothing more): 480 and a CANCEL, and no second target is tried', async (t) => {
  const refusing = await startSipp({
    scenario: 'livekit-refuses',
    address: first,
    port: livekitPort,
    calls: 1,
  });
  const other = await SipPeer.open(second, livekitPort);
  t.after(async () => {
    other.close();
    await refusing.stop();
  });
  const attempt = call();
  assert.match(await attempt.final(), /^SIP\/2\.0 480 Temporarily Unavailable/);
  assert.equal(await refusing.done(), 0, 'it got its CANCEL');
  assert.ok(!other.received.some((message) => message.startsWith('INVITE')));
});

test('ringing on (180 again and again) is not silence', async (t) => {
  const ringing = await SipPeer.open(first, livekitPort);
  t.after(() => ringing.close());
  const attempt = call();
  const invite = await ringing.next(/^INVITE /, attempt.callId);
  const started = performance.now();
  await until('it has rung for longer than the silence that counts as refusal', () => {
    ringing.send(sipAnswer(invite, '180 Ringing'), addresses.edgePrivate);
    return performance.now() - started > 1500;
  });
  ringing.send(sipAnswer(invite, '486 Rejected'), addresses.edgePrivate);
  assert.match(await attempt.final(), /^SIP\/2\.0 486 Rejected/);
});

test('a refusal without a reason phrase, as LiveKit SIP writes its 400, reaches the carrier as it is', async (t) => {
  const refusing = await SipPeer.open(first, livekitPort);
  t.after(() => refusing.close());
  const attempt = call();
  const invite = await refusing.next(/^INVITE /, attempt.callId);
  refusing.send(sipAnswer(invite, '400 '), addresses.edgePrivate);
  assert.match(await attempt.final(), /^SIP\/2\.0 400 \r\n/);
});

test('the caller hangs up while it rings: CANCEL goes in, 487 comes back', async (t) => {
  const ringing = await SipPeer.open(first, livekitPort);
  t.after(() => ringing.close());
  const attempt = call();
  const invite = await ringing.next(/^INVITE /, attempt.callId);
  ringing.send(sipAnswer(invite, '180 Ringing'), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 180/, attempt.callId);
  attempt.cancel();
  const cancel = await ringing.next(/^CANCEL /, attempt.callId);
  ringing.send(sipAnswer(cancel, '200 OK'), addresses.edgePrivate);
  ringing.send(sipAnswer(invite, '487 Request Terminated'), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 487/, attempt.callId);
});

test('a target that did not answer is left out until it answers OPTIONS again', async (t) => {
  const targets = async () => (await run(kamcmd(edge.paths, 'dispatcher.list'))).stdout;
  const state = async (host: string) =>
    new RegExp(`URI: sip:${host}:${livekitPort}\\s+FLAGS: (\\w+)`).exec(await targets())?.[1];
  await call().final();
  assert.equal(await state(first), 'IP');
  const back = await SipPeer.open(first, livekitPort);
  t.after(() => back.close());
  await until('the first target counts as up', async () => {
    for (const message of back.received.splice(0)) {
      if (message.startsWith('OPTIONS')) back.send(sipAnswer(message, '200 OK'), addresses.edgePrivate);
    }
    return (await state(first)) === 'AP';
  });
});

test('without RTPEngine new calls get 503, after a 100', async () => {
  await edge.stopRtpengine();
  const attempt = call();
  assert.match(await attempt.final(), /^SIP\/2\.0 503/);
  assert.deepEqual(carrier.codes(attempt.callId), [100, 503]);
});
