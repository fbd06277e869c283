import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { callBackHeader, mintCallBackGrant, mintTransferGrant, transferHeader } from '@vestibule/call-token';
import { isRtpengineUp } from '@vestibule/edge-config';
import { ok } from './answer.ts';
import { CarrierCall } from './carrier-call.ts';
import { type EdgeHost, livekitPort, sipPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { RtpPeer } from './rtp-peer.ts';
import { audioSdp, headerOf, rtpTarget, sipAnswer, SipPeer, sipRequest, withBody } from './sip-peer.ts';
import { until } from './until.ts';

/** Calls of LiveKit SIP to staff, and call-backs: what is granted goes out, and nothing else does. */

const addresses = testAddresses();
const [host] = addresses.livekit;
const secret = randomBytes(32).toString('hex');
const [deadGateway, gateway] = [5071, 5072];
const destination = '+15550100200';
const callerId = '+15550100100';
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;

const outbound = (refer: 'pass' | 'refuse') =>
  testConfig(
    addresses,
    `
outbound:
  carrier: twilio
  domain: clinic.pstn.example.com
  gateways: [${[deadGateway, gateway].map((port) => `${addresses.carrier}:${port}`).join(', ')}]
  callerIds: ["${callerId}"]
  destinations: ["${destination}", "+15550100201", "+15550100202"]
  rate: 40/m
  perDestination: 20/m
  concurrent: 3
  refer: ${refer}
callBacks:
  prefixes: ["+1555", "+19"]
  never: ["+1555013", "+1900"]
  rate: 20/m
  perDestination: 2/h
  concurrent: 2`,
  );

before(async () => {
  edge = await startEdge(outbound('pass'), { probe: 3600 }, { VESTIBULE_TRANSFER_KEY: secret });
  carrier = await SipPeer.open(addresses.carrier, gateway);
  livekit = await SipPeer.open(host, livekitPort);
});
after(async () => {
  carrier.close();
  livekit.close();
  await edge.stop();
});

interface Attempt {
  to?: string;
  from?: string;
  /** What the grant says, where it is not what is asked for. */
  granted?: { destination?: string; callerId?: string; exp?: number };
  key?: string;
  /** undefined: a fresh one. */
  grant?: string | null;
  header?: string;
  rtp?: number;
}

const nowS = () => Math.floor(Date.now() / 1000);
const grantFor = ({ to = destination, from = callerId, granted = {}, key = secret }: Attempt) =>
  mintTransferGrant(
    { destination: to, callerId: from, decision: randomUUID(), exp: nowS() + 30, ...granted },
    key,
  );

function invite(attempt: Attempt = {}) {
  const { to = destination, from = callerId, grant = grantFor(attempt), rtp = 41000 } = attempt;
  const { header = transferHeader } = attempt;
  const { text, callId } = sipRequest(livekit, {
    method: 'INVITE',
    uri: `sip:${to}@${addresses.edgePrivate}`,
    from: `<sip:${from}@${host}>;tag=a1`,
    headers: [
      ...(grant === null ? [] : [`${header}: ${grant}`]),
      'X-Vestibule-Decision: forged',
      'P-Asserted-Identity: <sip:+15550199999@example.com>',
    ],
    body: audioSdp(host, rtp),
  });
  livekit.send(text, addresses.edgePrivate, sipPort);
  return { callId, text };
}

async function refusal(attempt: Attempt): Promise<string> {
  const { callId } = invite(attempt);
  const answer = await livekit.next(/^SIP\/2\.0 [3-6]\d\d/, callId);
  assert.ok(!carrier.received.some((text) => text.includes(callId)), 'the carrier has heard of it');
  return answer.slice(8, answer.indexOf('\r'));
}

function inDialog(
  method: string,
  answer: string,
  callId: string,
  cseq: number,
  headers: readonly string[] = [],
) {
  const routes = [...answer.matchAll(/^Record-Route: (.*)\r$/gm)]
    .flatMap(([, value = '']) => value.split(/,\s*/))
    .reverse();
  const { text } = sipRequest(livekit, {
    method,
    uri: /<(.*)>/.exec(headerOf(answer, 'Contact') ?? '')?.[1] ?? '',
    callId,
    cseq,
    from: headerOf(answer, 'From') ?? '',
    to: headerOf(answer, 'To') ?? '',
    headers: [...routes.map((route) => `Route: ${route}`), ...headers],
  });
  livekit.send(text, addresses.edgePrivate, sipPort);
}

test('a granted call reaches the carrier’s second gateway, as ours and with nothing of ours; media passes; BYE ends it', async (t) => {
  const [agent, staff] = await Promise.all([RtpPeer.open(host), RtpPeer.open(addresses.carrier)]);
  t.after(() => [agent, staff].forEach((peer) => peer.close()));
  const { callId } = invite({ rtp: agent.port });
  const out = await carrier.next(/^INVITE /, callId);
  assert.match(out, new RegExp(`^INVITE sip:\\${destination}@clinic\\.pstn\\.example\\.com SIP/2\\.0`));
  assert.match(headerOf(out, 'From') ?? '', new RegExp(`sip:\\${callerId}@`));
  assert.doesNotMatch(out, /^(X-|P-Asserted)/im);
  assert.equal(rtpTarget(out).address, addresses.edgePublic);
  carrier.send(ok(out, carrier, staff.port), addresses.edgePublic);
  const answer = await livekit.next(/^SIP\/2\.0 200/, callId);
  assert.equal(rtpTarget(answer).address, addresses.edgePrivate);
  inDialog('ACK', answer, callId, 1);
  await carrier.next(/^ACK /, callId);
  await until('staff hear the agent', () => {
    agent.send('agent', rtpTarget(answer));
    return staff.received.some(({ payload }) => payload === 'agent');
  });
  await until('the agent hears staff', () => {
    staff.send('staff', rtpTarget(out));
    return agent.received.some(({ payload }) => payload === 'staff');
  });
  inDialog('BYE', answer, callId, 2);
  const bye = await carrier.next(/^BYE /, callId);
  carrier.send(sipAnswer(bye, '200 OK'), addresses.edgePublic);
});

test('an answer with more media sections than RTPEngine can do with goes no further', async () => {
  const { callId } = invite();
  const out = await carrier.next(/^INVITE /, callId);
  const [session = '', media = ''] = audioSdp(carrier.address, 30000).split(/(?=m=audio)/);
  const contact = `Contact: <sip:${carrier.address}:${carrier.port};transport=udp>`;
  const answer = (sections: number) =>
    withBody(sipAnswer(out, '200 OK'), contact, `${session}${media.repeat(sections)}`);
  carrier.send(answer(300), addresses.edgePublic);
  carrier.send(answer(5), addresses.edgePublic);
  carrier.send(sipAnswer(out, '486 Busy Here'), addresses.edgePublic);
  assert.match(await livekit.next(/^SIP\/2\.0 [2-6]\d\d/, callId), /^SIP\/2\.0 486/);
  assert.equal(await isRtpengineUp(edge.config), true);
});

for (const [what, attempt, reason] of [
  ['no grant', { grant: null }, '403 Not Granted'],
  ['a grant of another key', { key: randomBytes(32).toString('hex') }, '403 Not Granted'],
  ['a grant for another destination', { granted: { destination: '+15550100201' } }, '403 Not Granted'],
  ['a grant for another caller id', { granted: { callerId: '+15550100999' } }, '403 Not Granted'],
  ['an expired grant', { granted: { exp: nowS() - 1 } }, '403 Not Granted'],
  ['a grant without an end', { granted: { exp: nowS() + 86_400 } }, '403 Not Granted'],
  ['no signature at all', { grant: 'a.b.c' }, '403 Not Granted'],
  ['a granted destination that is not listed', { to: '+19005550100' }, '403 Destination Not Listed'],
  ['a granted caller id that is not ours', { from: '+15550100999' }, '403 Not Our Number'],
] as const satisfies readonly (readonly [string, Attempt, string])[]) {
  test(`${what} is refused`, async () => assert.equal(await refusal(attempt), reason));
}

test('a grant is good for one call', async () => {
  const grant = grantFor({});
  const { callId } = invite({ grant });
  await carrier.next(/^INVITE /, callId);
  assert.equal(await refusal({ grant }), '403 Granted Once');
});

test('a carrier cannot call out through the edge, grant or not', async () => {
  const call = new CarrierCall(carrier, {
    edge: addresses.edgePublic,
    number: destination,
    headers: [`${transferHeader}: ${grantFor({})}`],
  }).invite();
  assert.match(await call.final(), /^SIP\/2\.0 404/);
});

test('a granted REFER goes to the carrier, once; one that is not granted does not', async () => {
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic }).invite();
  const inward = await livekit.next(/^INVITE /, call.callId);
  livekit.send(ok(inward, livekit, 41000), addresses.edgePrivate);
  await call.final();
  await livekit.next(/^ACK /, call.callId);
  const refer = (cseq: number, to: string, headers: readonly string[]) => {
    const routes = [...inward.matchAll(/^Record-Route: (.*)\r$/gm)].map(([, route]) => `Route: ${route}`);
    const { text } = sipRequest(livekit, {
      method: 'REFER',
      uri: `sip:carrier@${carrier.address}:${carrier.port}`,
      callId: call.callId,
      cseq,
      from: `${headerOf(inward, 'To')};tag=SCL_test`,
      to: headerOf(inward, 'From') ?? '',
      headers: [...routes, `Refer-To: ${to}`, ...headers],
    });
    livekit.send(text, addresses.edgePrivate, sipPort);
    return livekit.next(new RegExp(`^SIP/2\\.0 [^\\r]*\\r\\n(.*\\r\\n)*CSeq: ${cseq} REFER`), call.callId);
  };
  const grant = (to: string) =>
    `${transferHeader}: ${mintTransferGrant({ destination: to, decision: randomUUID(), exp: nowS() + 30 }, secret)}`;
  assert.match(await refer(2, `tel:${destination}`, []), /^SIP\/2\.0 403 Not Granted/);
  assert.match(
    await refer(3, '<sip:+19005550100@x.test>', [grant('+19005550100')]),
    /^SIP\/2\.0 403 Destination/,
  );
  const passed = refer(4, `<tel:${destination}>`, [grant(destination)]);
  const out = await carrier.next(/^REFER /, call.callId);
  assert.equal(headerOf(out, 'Refer-To'), `<tel:${destination}>`);
  assert.doesNotMatch(out, /^X-/im);
  carrier.send(sipAnswer(out, '202 Accepted'), addresses.edgePublic);
  assert.match(await passed, /^SIP\/2\.0 202/);
});

test('more outbound calls at one time than configured are refused', async () => {
  const fate = async () => {
    const { callId } = invite({ to: '+15550100202' });
    const out = () => carrier.received.find((text) => text.startsWith('INVITE') && text.includes(callId));
    await until('it is out or refused', () => out() !== undefined || livekit.codes(callId).includes(503));
    const request = out();
    if (request === undefined) return 'refused';
    carrier.send(sipAnswer(request, '180 Ringing'), addresses.edgePublic);
    await livekit.next(/^SIP\/2\.0 180/, callId);
    return 'rings';
  };
  const fates = [await fate(), await fate(), await fate(), await fate()];
  assert.deepEqual(fates, ['rings', 'rings', 'rings', 'refused']);
});

const callBack = (to: string, granted: Attempt['granted'] = {}): Attempt => {
  const exp = nowS() + 30;
  const grant = { destination: to, callerId, decision: randomUUID(), exp, ...granted };
  return { to, header: callBackHeader, grant: mintCallBackGrant(grant, secret) };
};

test('a granted call-back goes out to a number that begins as configured, and the log does not tell the number', async () => {
  const attempt = callBack('+15550120001');
  const { callId } = invite(attempt);
  const out = await carrier.next(/^INVITE /, callId);
  assert.match(out, /^INVITE sip:\+15550120001@/);
  assert.doesNotMatch(out, /^X-/im);
  carrier.send(sipAnswer(out, '486 Busy Here'), addresses.edgePublic);
  await livekit.next(/^SIP\/2\.0 486/, callId);
  await until('it is on the log', async () => /"number":"call-back"/.test(await edge.log()));
  assert.doesNotMatch(await edge.log(), /15550120001/);
});

for (const [what, attempt, reason] of [
  ['a call-back to a number that begins otherwise', callBack('+442079460123'), 'Not To Be Called Back'],
  ['a call-back to what is never called', callBack('+15550130001'), 'Not To Be Called Back'],
  ['a call-back to a premium number under a wide prefix', callBack('+19005550123'), 'Not To Be Called Back'],
  ['a call-back to what is no number', callBack('+1555abc0001'), 'Not To Be Called Back'],
  ['a call-back to staff is none: the prefix counts', callBack('+16660100200'), 'Not To Be Called Back'],
  [
    'a call-back by the grant of another',
    callBack('+15550120002', { destination: '+15550120003' }),
    'Not Granted',
  ],
  ['an expired call-back', callBack('+15550120002', { exp: nowS() - 1 }), 'Not Granted'],
  [
    'a call-back with a grant for a transfer',
    { to: '+15550120002', header: callBackHeader, grant: grantFor({ to: '+15550120002' }) },
    'Not Granted',
  ],
  [
    'a transfer with a grant for a call-back',
    { ...callBack(destination), header: transferHeader },
    'Not Granted',
  ],
  ['a transfer to a caller', { to: '+15550120002' }, 'Destination Not Listed'],
] as const satisfies readonly (readonly [string, Attempt, string])[]) {
  test(`${what} is refused`, async () => assert.equal(await refusal(attempt), `403 ${reason}`));
}

test('call-backs have limits of their own: to one number, and at one time', async () => {
  const fate = async (to: string, answer = '180 Ringing') => {
    const { callId } = invite(callBack(to));
    const out = () => carrier.received.find((text) => text.startsWith('INVITE') && text.includes(callId));
    await until('it is out or refused', () => out() !== undefined || livekit.codes(callId).includes(503));
    const request = out();
    if (request === undefined) return undefined;
    carrier.send(sipAnswer(request, answer), addresses.edgePublic);
    await livekit.next(new RegExp(`^SIP/2\\.0 ${answer.slice(0, 3)}`), callId);
    return answer;
  };
  for (const _ of [1, 2]) assert.ok(await fate('+15550120010', '486 Busy Here'));
  assert.equal(await fate('+15550120010'), undefined, 'a third call to it within the hour');
  for (const to of ['+15550120011', '+15550120012']) assert.ok(await fate(to));
  assert.equal(await fate('+15550120013'), undefined, 'a third call at one time');
});
