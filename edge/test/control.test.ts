import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { RunningControl } from '../control/start.ts';
import { ok } from './answer.ts';
import { type Issued, type TestAuthority, testAuthority } from './certificates.ts';
import { CarrierCall } from './carrier-call.ts';
import { ask, granting, type Response } from './control-client.ts';
import { type ControlledEdge, startControlledEdge } from './controlled-edge.ts';
import { type EdgeHost, testAddresses, testConfig } from './edge-host.ts';
import { ForkConsumer } from './fork-consumer.ts';
import { audioSdp, sipAnswer, type SipPeer } from './sip-peer.ts';
import { say, type TwoPartyCall, twoPartyCall } from './two-party-call.ts';
import { until } from './until.ts';

/** Copies of calls' media, by edge/control on the real Kamailio and RTPEngine. */

const addresses = testAddresses();
const consumerAddress = addresses.livekit[1];
const lines: string[] = [];
let host: ControlledEdge;
let authority: TestAuthority;
let client: Issued;
let edge: EdgeHost;
let control: RunningControl;
let carrier: SipPeer;
let livekit: SipPeer;
let grant: ReturnType<typeof granting>;

before(async () => {
  host = await startControlledEdge({
    addresses,
    config: testConfig(addresses, 'rates: { perCaller: 100/s }'),
    client: 'recorder',
    consumer: consumerAddress,
    onLine: (line) => lines.push(line),
  });
  ({ authority, client, edge, control, carrier, livekit } = host);
  grant = granting(authority.grants.privateKey, host.config.edge.zone);
});
after(() => host?.stop());

const request = (method: string, path: string, options: Parameters<typeof ask>[3]) => {
  const { cert, key } = client;
  return ask({ url: control.url, ca: authority.ca, cert, key }, method, path, options);
};

const pathOf = (callId: string) => `/calls/${encodeURIComponent(callId)}`;

function subscribe(callId: string, caller: ForkConsumer, agent: ForkConsumer): Promise<Response> {
  const body = { rtp: { caller: caller.place, agent: agent.place } };
  return request('POST', `${pathOf(callId)}/subscriptions`, { grant: grant('subscribe', callId), body });
}

const unsubscribe = (callId: string, id: string) =>
  request('DELETE', `${pathOf(callId)}/subscriptions/${id}`, { grant: grant('unsubscribe', callId) });

const query = (callId: string) => request('GET', pathOf(callId), { grant: grant('query', callId) });

const idOf = ({ status, body }: Response): string => {
  assert.equal(status, 201, JSON.stringify(body));
  return (body as { id: string }).id;
};

const codeOf = ({ status, body }: Response) => `${status} ${(body as { error?: string }).error ?? ''}`;

/** A call with a consumer for each of its legs; all closed after the test. */
async function forkable(t: { after(done: () => Promise<void>): void }) {
  const call = await twoPartyCall(addresses, carrier, livekit);
  const [caller, agent] = await Promise.all([
    ForkConsumer.open(consumerAddress),
    ForkConsumer.open(consumerAddress),
  ]);
  t.after(async () => {
    await call.end();
    caller.close();
    agent.close();
  });
  return { call, callId: call.call.callId, caller, agent };
}

async function sayBoth({ caller, agent }: TwoPartyCall, text: string): Promise<void> {
  await say(caller, agent, `caller ${text}`);
  await say(agent, caller, `agent ${text}`);
}

const has = (consumer: ForkConsumer, text: string) =>
  until(`the fork has "${text}"`, () => consumer.payloads.includes(text));

test('both legs of a live call are copied, packet by packet, until the copy is ended', async (t) => {
  const { call, callId, caller, agent } = await forkable(t);
  await sayBoth(call, 'before');
  const made = await subscribe(callId, caller, agent);
  const id = idOf(made);
  const { legs } = made.body as { legs: Record<string, { from: { host: string }; formats: unknown[] }> };
  assert.equal(legs['caller']?.from.host, addresses.edgePrivate);
  assert.deepEqual(legs['agent']?.formats[0], { payloadType: 0, encoding: 'PCMU/8000' });

  const numbers = Array.from({ length: 50 }, (_, number) => `${number}`);
  for (const number of numbers) await sayBoth(call, number);
  await has(caller, 'caller 49');
  await has(agent, 'agent 49');
  assert.deepEqual(
    caller.payloads,
    numbers.map((number) => `caller ${number}`),
  );
  assert.deepEqual(
    agent.payloads,
    numbers.map((number) => `agent ${number}`),
  );
  for (const { packets } of [caller, agent]) {
    const steps = (read: (packet: Buffer) => number) =>
      packets.slice(1).map((packet, index) => read(packet) - read(packets[index]!));
    assert.deepEqual(new Set(steps((packet) => packet.readUInt16BE(2) & 0xffff)), new Set([1]));
    assert.deepEqual(new Set(steps((packet) => packet.readUInt32BE(4))), new Set([160]));
    assert.ok(packets.every((packet) => packet.length === 172 && packet[1] === 0));
  }

  assert.equal((await unsubscribe(callId, id)).status, 204);
  await sayBoth(call, 'after');
  assert.equal(caller.packets.length, 50);
  assert.equal(agent.packets.length, 50);
  assert.equal(codeOf(await unsubscribe(callId, id)), '404 unknown-subscription');
});

test('a call without a subscription is as it was, and copied nowhere', async (t) => {
  const forked = await forkable(t);
  const plain = await forkable(t);
  idOf(await subscribe(forked.callId, forked.caller, forked.agent));
  await sayBoth(plain.call, 'not to be copied');
  await sayBoth(forked.call, 'to be copied');
  await has(forked.caller, 'caller to be copied');
  await has(forked.agent, 'agent to be copied');
  assert.deepEqual(plain.caller.payloads.concat(plain.agent.payloads), []);
  assert.deepEqual(forked.caller.payloads, ['caller to be copied']);
  const { subscriptions } = (await query(plain.callId)).body as { subscriptions: unknown[] };
  assert.deepEqual(subscriptions, []);
});

test('a call can be asked about: codec, packets, where it is copied to', async (t) => {
  const { call, callId, caller, agent } = await forkable(t);
  await say(call.caller, call.agent, 'one');
  await say(call.caller, call.agent, 'two');
  await say(call.agent, call.caller, 'three');
  const id = idOf(await subscribe(callId, caller, agent));
  const { status, body } = await query(callId);
  assert.equal(status, 200);
  const { legs, subscriptions } = body as {
    legs: Record<string, { packets: number; codec: string; errors: number; lastPacketAt: string }>;
    subscriptions: unknown[];
  };
  assert.equal(legs['caller']?.packets, 2);
  assert.equal(legs['agent']?.packets, 1);
  assert.equal(legs['caller']?.codec, 'PCMU/8000');
  assert.ok(Math.abs(Date.parse(legs['caller']?.lastPacketAt ?? '') - Date.now()) < 5000);
  assert.deepEqual(subscriptions, [{ id, rtp: [caller.place, agent.place] }]);
});

test('a copy goes on when RTPEngine is killed and started again, each leg to its own place, until it is ended', async (t) => {
  const { call, callId, caller, agent } = await forkable(t);
  const id = idOf(await subscribe(callId, caller, agent));
  await sayBoth(call, 'before');
  await edge.restartRtpengine();
  await sayBoth(call, 'restored');
  await has(caller, 'caller restored');
  await has(agent, 'agent restored');
  assert.deepEqual(caller.payloads, ['caller before', 'caller restored']);
  assert.deepEqual(agent.payloads, ['agent before', 'agent restored']);
  assert.equal((await unsubscribe(callId, id)).status, 204);
  await sayBoth(call, 'after');
  assert.equal(caller.packets.length, 2);
});

test('a call that was restored is copied anew only after its next offer: RTPEngine keeps no SDP', async (t) => {
  const { call, callId, caller, agent } = await forkable(t);
  await edge.restartRtpengine();
  await sayBoth(call, 'restored');
  assert.equal(codeOf(await subscribe(callId, caller, agent)), '409 restored-call');
  await sayBoth(call, 'still there');

  const { rtp } = call.caller;
  call.call.inDialog('INVITE', call.answer, 2, audioSdp(rtp.address, rtp.port));
  const invite = await livekit.next(/^INVITE [^\r]*\r\n(.*\r\n)*CSeq: 2 /, callId);
  livekit.send(ok(invite, livekit, call.agent.rtp.port), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 200[^\r]*\r\n(.*\r\n)*CSeq: 2 INVITE/, callId);
  call.call.inDialog('ACK', call.answer, 2);
  idOf(await subscribe(callId, caller, agent));
  await sayBoth(call, 'anew');
  await has(caller, 'caller anew');
  await has(agent, 'agent anew');
});

test('a dead RTPEngine is a time-out, in time; a call that it never knew is not found', async (t) => {
  const { callId } = await forkable(t);
  await edge.stopRtpengine();
  const beganAt = performance.now();
  assert.equal(codeOf(await query(callId)), '504 rtpengine-silent');
  assert.ok(performance.now() - beganAt < 2000);
  await edge.restartRtpengine();
  assert.equal((await query(callId)).status, 200);
  assert.equal(codeOf(await query('another call')), '404 unknown-call');
});

test('a call has eight copies in its life at most, as each keeps its ports', async (t) => {
  const { call, callId, caller, agent } = await forkable(t);
  for (let turn = 0; turn < 4; turn++)
    await unsubscribe(callId, idOf(await subscribe(callId, caller, agent)));
  for (let copies = 0; copies < 4; copies++) idOf(await subscribe(callId, caller, agent));
  await say(call.caller, call.agent, 'four times');
  await until('it has come four times', () => caller.packets.length === 4);
  assert.equal(codeOf(await subscribe(callId, caller, agent)), '409 too-many-subscriptions');
});

test('a call that is not answered is not copied', async (t) => {
  const [caller, agent] = await Promise.all([
    ForkConsumer.open(consumerAddress),
    ForkConsumer.open(consumerAddress),
  ]);
  const call = new CarrierCall(carrier, { edge: addresses.edgePublic }).invite();
  t.after(async () => {
    call.cancel();
    await carrier.next(/^SIP\/2\.0 200 .*\r\n(.*\r\n)*CSeq: 1 CANCEL/, call.callId);
    caller.close();
    agent.close();
  });
  livekit.send(sipAnswer(await livekit.next(/^INVITE /, call.callId), '180 Ringing'), addresses.edgePrivate);
  await carrier.next(/^SIP\/2\.0 180/, call.callId);
  assert.equal(codeOf(await subscribe(call.callId, caller, agent)), '409 unanswered-call');
});

test('only the app tier’s client certificates get through the handshake', async () => {
  const stranger = await testAuthority();
  const foreign = await stranger.issue('recorder', 'clientAuth');
  const server = await authority.issue('other-edge', 'serverAuth', addresses.edgePrivate);
  const status = { grant: grant('status') };
  const at = { url: control.url, ca: authority.ca };
  for (const shown of [{ cert: '', key: '' }, foreign, server])
    await assert.rejects(ask({ ...at, cert: shown.cert, key: shown.key }, 'GET', '/status', status));
  await assert.rejects(ask({ url: control.url, ...client, ca: stranger.ca }, 'GET', '/status', status));
  assert.equal((await request('GET', '/status', status)).status, 200);
  await stranger.remove();
});

test('a request is granted for its verb, call, zone and time, or refused', async (t) => {
  const { call, callId, caller, agent } = await forkable(t);
  const other = await forkable(t);
  const body = { rtp: { caller: caller.place, agent: agent.place } };
  const soon = Math.floor(Date.now() / 1000);
  const { privateKey } = generateKeyPairSync('ed25519');
  for (const [code, token] of [
    ['missing-grant', undefined],
    ['malformed-token', 'x'],
    ['bad-signature', granting(privateKey, 'test-a')('subscribe', callId)],
    ['expired-token', grant('subscribe', callId, { exp: soon - 1 })],
    ['expired-token', grant('subscribe', callId, { exp: soon + 3600 })],
    ['other-call', grant('subscribe', other.callId)],
    ['other-verb', grant('query', callId)],
    ['other-verb', grant('drain')],
    ['other-zone', grant('subscribe', callId, { zone: 'test-b' })],
  ] as const)
    assert.equal(
      codeOf(
        await request(
          'POST',
          `${pathOf(callId)}/subscriptions`,
          token === undefined ? { body } : { grant: token, body },
        ),
      ),
      `403 ${code}`,
    );
  await sayBoth(call, 'unheard');
  assert.deepEqual(caller.payloads, []);
});

test('bad input is refused by one message that names the place', async (t) => {
  const { callId, caller, agent } = await forkable(t);
  const post = (body: unknown) =>
    request('POST', `${pathOf(callId)}/subscriptions`, { grant: grant('subscribe', callId), body });
  const right = { caller: caller.place, agent: agent.place };
  for (const [body, message] of [
    ['{', /^body: is not JSON$/],
    [undefined, /^body: /],
    [{ rtp: { ...right, agent: undefined } }, /^rtp\.agent: /],
    [{ rtp: { ...right, caller: { host: 'recorder', port: 4000 } } }, /^rtp\.caller\.host: /],
    [{ rtp: { ...right, caller: { ...caller.place, port: 22 } } }, /^rtp\.caller\.port: /],
    [{ rtp: right, also: 1 }, /also/],
    ['x'.repeat(9000), /^body: more than/],
  ] as const) {
    const response = await post(body);
    assert.equal(codeOf(response), '400 invalid-request');
    assert.match((response.body as { message: string }).message, message);
  }
  const elsewhere = { rtp: { ...right, agent: { host: addresses.stranger, port: 4000 } } };
  assert.equal(codeOf(await post(elsewhere)), '403 consumer-refused');
  for (const [method, path, expected] of [
    ['GET', '/', '404 unknown-route'],
    ['GET', '/calls', '404 unknown-route'],
    ['PUT', `${pathOf(callId)}/subscriptions`, '405 method-not-allowed'],
    ['GET', '/calls/%zz', '400 invalid-request'],
  ] as const)
    assert.equal(codeOf(await request(method, path, { grant: grant('status') })), expected);
});

test('an edge is drained and filled again', async () => {
  const drain = (draining: boolean) =>
    request('POST', '/drain', { grant: grant('drain'), body: { draining } });
  const status = async () => (await request('GET', '/status', { grant: grant('status') })).body;
  const before = (await status()) as { calls: number };
  assert.deepEqual(before, { zone: 'test-a', draining: false, calls: before.calls });
  assert.equal((await drain(true)).status, 204);
  assert.equal(((await status()) as { draining: boolean }).draining, true);
  assert.equal((await drain(false)).status, 204);
  assert.equal(((await status()) as { draining: boolean }).draining, false);
});

test('each request is on the log, with the edge’s decision and nothing of a caller’s', async (t) => {
  const { callId } = await forkable(t);
  lines.length = 0;
  await query(callId);
  await request('GET', pathOf(callId), { grant: 'forged' });
  const [answered, refused] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.equal(answered?.['decision'], `decision-of-${callId.slice(0, 8)}`);
  assert.equal(answered['client'], 'recorder');
  assert.equal(answered['verb'], 'query');
  assert.equal(answered['status'], 200);
  assert.equal(refused?.['code'], 'malformed-token');
  assert.equal(lines.join('').includes(callId), false);
});
