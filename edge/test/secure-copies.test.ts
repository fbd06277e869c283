import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Forks } from '../control/forks/forks.ts';
import { NgClient } from '../control/ng/ng-client.ts';
import { ForkConsumer } from './fork-consumer.ts';
import { type SecureCall, SecureHost } from './secure-host.ts';
import { sipAnswer } from './sip-peer.ts';
import { until } from './until.ts';

/** Copies of a call that is SRTP towards the carrier: what goes to the app tier is plain RTP. */

let host: SecureHost;
let ng: NgClient;
let forks: Forks;
let consumers: [ForkConsumer, ForkConsumer];

before(async () => {
  host = await SecureHost.start();
  const { address, control: port } = host.edge.config.edge.private;
  ng = await NgClient.open({ address, port, from: address });
  const [, consumer] = host.addresses.livekit;
  forks = new Forks({ ng, privateAddress: address, consumers: [`${consumer}/32`] });
  consumers = [await ForkConsumer.open(consumer), await ForkConsumer.open(consumer)];
});
after(async () => {
  for (const consumer of consumers) consumer.close();
  ng.close();
  await host.stop();
});

async function hears({ outer, inner, edge, inside }: SecureCall, text: string): Promise<void> {
  const [caller, agent] = consumers;
  await outer.reach(inner, `caller ${text}`, edge);
  await inner.reach(outer, `agent ${text}`, inside);
  await until(`the copy of the caller has "${text}"`, () => caller.payloads.includes(`caller ${text}`));
  await until(`the copy of the agent has "${text}"`, () => agent.payloads.includes(`agent ${text}`));
}

test('both legs are copied in clear, also after kill -9 of RTPEngine', async () => {
  const up = await host.secureCall();
  const [caller, agent] = consumers;
  const { id } = await forks.subscribe(up.call.callId, { caller: caller.place, agent: agent.place });
  await hears(up, 'at first');
  await host.edge.restartRtpengine();
  await hears(up, 'restored');
  assert.equal(
    [...caller.packets, ...agent.packets].every(({ length }) => length === 172),
    true,
    'no packet has the tag of SRTP',
  );
  await forks.unsubscribe(up.call.callId, id);
  up.call.inDialog('BYE', up.answer, 2);
  const bye = await host.livekit.next(/^BYE /, up.call.callId);
  host.livekit.send(sipAnswer(bye, '200 OK'), host.addresses.edgePrivate);
});
