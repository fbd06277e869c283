import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { CarrierCall } from './carrier-call.ts';
import { livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { audioSdp, sipAnswer, SipPeer } from './sip-peer.ts';
import { until } from './until.ts';

/** Caps on new calls per second and on calls at one time; per caller: see admission.test.ts. */

const addresses = testAddresses();
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
});
after(() => {
  carrier.close();
  livekit.close();
});

/** An edge for one test, with its rates; all others are out of the way. */
async function edgeWith(t: TestContext, rates: Record<string, string | number>): Promise<void> {
  const all = { perSource: '999/s', perNumber: '999/s', perCaller: '999/60s', concurrent: 100, ...rates };
  const edge = await startEdge(testConfig(addresses, `rates: ${JSON.stringify(all)}`), { probe: 3600 });
  t.after(() => edge.stop());
}

const call = (number = '+15550100100') =>
  new CarrierCall(carrier, { edge: addresses.edgePublic, number }).invite();

async function answered() {
  const attempt = call();
  const invite = await livekit.next(/^INVITE /, attempt.callId);
  const body = audioSdp(livekit.address, 41000);
  const length = body.length + (body.match(/\n/g)?.length ?? 0);
  const contact = `Contact: <sip:${livekit.address}:${livekitPort}>\nContent-Type: application/sdp`;
  livekit.send(
    sipAnswer(invite, '200 OK').replace(
      'Content-Length: 0\n\n',
      `${contact}\nContent-Length: ${length}\n\n${body}`,
    ),
    addresses.edgePrivate,
  );
  return { attempt, answer: await attempt.final() };
}

test('calls at one time: the third gets 503, and a place is free again after a BYE', async (t) => {
  await edgeWith(t, { concurrent: 2 });
  const first = await answered();
  await answered();
  assert.match(await call().final(), /^SIP\/2\.0 503 All Lines Busy/);
  first.attempt.inDialog('BYE', first.answer, 2);
  const bye = await livekit.next(/^BYE /, first.attempt.callId);
  livekit.send(sipAnswer(bye, '200 OK'), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 200[^\r]*\r\n(.*\r\n)*CSeq: 2 BYE/, first.attempt.callId);
  assert.match((await answered()).answer, /^SIP\/2\.0 200/);
});

/** 603: past the rates, refused by the number's own rule. */
const attested = '+15550100101';

test('per dialled number, in a longer window: 503 above it, other numbers are not touched', async (t) => {
  await edgeWith(t, { perNumber: '3/60s' });
  const codes: string[] = [];
  for (let n = 0; n < 5; n++) codes.push((await call(attested).final()).slice(8, 11));
  assert.deepEqual(codes, ['603', '603', '603', '503', '503']);
  assert.match((await answered()).answer, /^SIP\/2\.0 200/);
});

test('per source, per second: 503 above it, and the next second is open again', async (t) => {
  await edgeWith(t, { perSource: '5/s' });
  const attempts = Array.from({ length: 30 }, () => call(attested));
  const codes = await Promise.all(attempts.map(async (attempt) => (await attempt.final()).slice(8, 11)));
  assert.ok(codes.includes('603') && codes.includes('503'), codes.join());
  await until('a call gets past the rate', async () => /^SIP\/2\.0 603/.test(await call(attested).final()));
});
