import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { isCodedError } from '@vestibule/core';
import { Forks } from '../control/forks/forks.ts';
import { NgClient } from '../control/ng/ng-client.ts';
import { type EdgeHost, livekitPort, startEdge, testAddresses, testConfig } from './edge-host.ts';
import { ForkConsumer } from './fork-consumer.ts';
import { SipPeer } from './sip-peer.ts';
import { twoPartyCall } from './two-party-call.ts';

/** The NG client against the real RTPEngine, over a network that loses packets. */

const addresses = testAddresses();
const consumers = [`${addresses.stranger}/32`];
let edge: EdgeHost;
let carrier: SipPeer;
let livekit: SipPeer;

before(async () => {
  edge = await startEdge(testConfig(addresses, 'rates: { perCaller: 100/s }'), { probe: 3600 });
  carrier = await SipPeer.open(addresses.carrier);
  livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
});
after(async () => {
  carrier?.close();
  livekit?.close();
  await edge?.stop();
});

/** Between a client and NG: `lost` says which answers do not come through. Keeps every request. */
async function lossyNetwork(
  lost: (answer: number) => boolean,
): Promise<{ port: number; requests: string[]; close(): void }> {
  const [near, far] = await Promise.all([bound(addresses.stranger), bound(addresses.edgePrivate)]);
  const requests: string[] = [];
  let answers = 0;
  let client = 0;
  near.on('message', (packet, from) => {
    client = from.port;
    requests.push(packet.toString('latin1'));
    far.send(packet, edge.config.edge.private.control, addresses.edgePrivate);
  });
  far.on('message', (packet) => {
    answers += 1;
    if (!lost(answers)) near.send(packet, client, addresses.stranger);
  });
  return {
    port: near.address().port,
    requests,
    close: () => {
      near.close();
      far.close();
    },
  };
}

async function bound(address: string): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  return socket;
}

const direct = () =>
  NgClient.open({
    address: addresses.edgePrivate,
    port: edge.config.edge.private.control,
    from: addresses.edgePrivate,
  });

test('a request whose answer was lost is sent again, and done once', async (t) => {
  // The answers to query, request and answer, each lost the first time.
  const network = await lossyNetwork((answer) => answer % 2 === 1);
  const ng = await NgClient.open({
    address: addresses.stranger,
    port: network.port,
    from: addresses.stranger,
  });
  const call = await twoPartyCall(addresses, carrier, livekit);
  const consumer = await ForkConsumer.open(addresses.stranger);
  t.after(async () => {
    await call.end();
    consumer.close();
    ng.close();
    network.close();
  });
  const forks = new Forks({ ng, privateAddress: addresses.edgePrivate, consumers });
  const { id } = await forks.subscribe(call.call.callId, { caller: consumer.place, agent: consumer.place });
  assert.equal(network.requests.length, 6);
  assert.equal(new Set(network.requests).size, 3);
  const { subscriptions } = await forks.report(call.call.callId);
  assert.deepEqual(
    subscriptions.map((one) => one.id),
    [id],
  );
});

test('answers find their questions, in whatever order they come', async (t) => {
  const ng = await direct();
  t.after(() => ng.close());
  const answers = await Promise.all([
    ng.ask('ping'),
    ng.ask('list', { limit: 1 }),
    ng.ask('statistics'),
    ng.ask('query', { 'call-id': 'nobody’s' }).catch((error: unknown) => error),
    ng.ask('unsubscribe', { 'call-id': '' }).catch((error: unknown) => error),
    ng.ask('no such command').catch((error: unknown) => error),
  ]);
  const [pong, list, statistics, unknown, misfit, noSuch] = answers;
  assert.deepEqual(pong, {});
  assert.ok(Array.isArray((list as { calls: unknown }).calls));
  assert.ok('statistics' in (statistics as object));
  assert.ok(isCodedError(unknown, 'ng-unknown-call'));
  assert.ok(misfit instanceof Error && noSuch instanceof Error);
  assert.ok(isCodedError(noSuch, 'ng-refused'));
  assert.match(noSuch.message, /command/i);
});

test('no answer at all is a time-out after all tries', async (t) => {
  const network = await lossyNetwork(() => true);
  const ng = await NgClient.open({
    ...{ address: addresses.stranger, port: network.port, from: addresses.stranger },
    ...{ tryMs: 50, tries: 3 },
  });
  t.after(() => {
    ng.close();
    network.close();
  });
  const beganAt = performance.now();
  await assert.rejects(ng.ask('ping'), (error) => isCodedError(error, 'ng-timeout'));
  assert.ok(performance.now() - beganAt >= 140);
  assert.equal(network.requests.length, 3);
  assert.equal(new Set(network.requests).size, 1);
});
