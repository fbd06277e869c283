import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { jsonLogger, systemClock } from '@vestibule/core';
import { endCall } from '@vestibule/edge-config';
import { LegWatch } from '../control/legs/leg-watch.ts';
import { NgClient } from '../control/ng/ng-client.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { SipPeer } from './sip-peer.ts';
import { type Party, type TwoPartyCall, twoPartyCall } from './two-party-call.ts';
import { until } from './until.ts';

/** LiveKit SIP dies in mid-call: the carrier gets its BYE. */

const addresses = testAddresses();
const lines: string[] = [];
let edge: EdgeHost;
let ng: NgClient;
let watch: LegWatch;
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  const config = testConfig(addresses, 'rates: { perCaller: 100/s }');
  edge = await startEdge(config, { probe: 3600 });
  const { address, control } = config.edge.private;
  ng = await NgClient.open({ address, port: control, from: address });
  watch = new LegWatch({
    ng,
    privateAddress: address,
    endCall: (dialog) => endCall(edge.paths, dialog),
    clock: systemClock,
    logger: jsonLogger('edge-control', { write: (line) => lines.push(line) }),
  });
  void watch.run();
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
});
after(async () => {
  watch?.stop();
  ng?.close();
  carrier?.close();
  livekit?.close();
  await edge?.stop();
});

/** RTP every 20 ms, as LiveKit SIP sends it. Returns how to die. */
function talk({ rtp, target }: Party): () => void {
  const timer = setInterval(() => rtp.send('talk', target), 20);
  return () => clearInterval(timer);
}

const byes = ({ call }: TwoPartyCall) =>
  carrier.received.filter((text) => text.startsWith('BYE ') && text.includes(`Call-ID: ${call.callId}`));

test('a dead LiveKit SIP: BYE to the carrier within 5 s, and other calls are left alone', async (t) => {
  const [dying, living, unanswering] = [
    await twoPartyCall(addresses, carrier, livekit),
    await twoPartyCall(addresses, carrier, livekit),
    await twoPartyCall(addresses, carrier, livekit),
  ];
  t.after(() => Promise.all([living.end(), unanswering.end()]));
  t.after(() => [dying.caller, dying.agent].forEach(({ rtp }) => rtp.close()));
  const die = talk(dying.agent);
  t.after(talk(living.agent));
  await until('the caller hears it', () => dying.caller.rtp.received.length > 50);
  const diedAt = performance.now();
  die();
  const bye = await until('BYE', () => byes(dying).length > 0, 5000).then(() => byes(dying)[0] ?? '');
  t.diagnostic(`BYE after ${((performance.now() - diedAt) / 1000).toFixed(1)} s`);
  assert.match(bye, /^BYE sip:/);
  assert.equal(byes(living).length + byes(unanswering).length, 0);
  assert.ok(
    lines.every((line) => !line.includes(dying.call.callId)),
    'a Call-ID is in the log',
  );
});

test('RTPEngine away for longer than that ends no call', async (t) => {
  const call = await twoPartyCall(addresses, carrier, livekit);
  t.after(() => call.end());
  t.after(talk(call.agent));
  await until('the caller hears it', () => call.caller.rtp.received.length > 50);
  await edge.stopRtpengine();
  const heard = () => call.caller.rtp.received.length;
  await systemClock.sleep(4000);
  await edge.restartRtpengine();
  const before = heard();
  await until('the caller hears it again', () => heard() > before + 200, 10_000);
  assert.equal(byes(call).length, 0);
});
