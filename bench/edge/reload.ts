import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '@vestibule/config';
import { systemClock } from '@vestibule/core';
import { applyEdge, callsUp } from '@vestibule/edge-config';
import { CarrierCall } from '../../edge/test/carrier-call.ts';
import { type Addresses, type EdgeHost, startEdge, testConfig } from '../../edge/test/edge-host.ts';
import { RtpPeer } from '../../edge/test/rtp-peer.ts';
import { rtpTarget, SipPeer } from '../../edge/test/sip-peer.ts';
import { Authority } from '../../edge/test/tls-certificates.ts';
import { until } from '../../edge/test/until.ts';
import { startCallee, startCalls } from './load/sipp-load.ts';
import { heading, row } from './table.ts';

/** How many calls are up, on how many RTP flows, and how often each kind of file changes under them. */
const dialogs = 1000;
const withRtp = 20;
const rounds = 10;
const rate = 50;
const holdMs = 60_000;

interface Spoken {
  call: CarrierCall;
  answer: string;
  rtp: RtpPeer;
  target: { address: string; port: number };
  sent: number;
}

/** Lists, dispatcher targets and certificate are changed under calls that are up. */
export async function reloadTable(addresses: Addresses): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-reload-'));
  const authority = await Authority.make(folder);
  const config = await reloadConfig(addresses, authority);
  const edge = await startEdge(config, { probe: 3600 });
  const callee = await startCallee(addresses.livekit[0], { echo: true });
  const carrier = await SipPeer.open(addresses.carrier);
  try {
    const { result } = await startCalls(addresses.carrier, addresses.edgePublic, {
      rate,
      calls: dialogs - withRtp,
      holdMs,
    });
    const spoken: Spoken[] = [];
    for (let n = 0; n < withRtp; n++) spoken.push(await speak(addresses, carrier, n));
    await until(`${dialogs} calls are up`, async () => (await callsUp(edge.paths)) === dialogs, holdMs);
    const talking = setInterval(() => spoken.forEach(say), 20);
    const reloads = await changeEverything(edge, config, authority, addresses).finally(() =>
      clearInterval(talking),
    );
    await delay(500); // the last packets' way
    const still = await callsUp(edge.paths);
    const lost = spoken.reduce((sum, { rtp, sent }) => sum + sent - rtp.received.length, 0);
    const sent = spoken.reduce((sum, one) => sum + one.sent, 0);
    const ended = await hangUp(carrier, spoken);
    const { failed } = await result;
    heading(
      `${dialogs} calls up, RTP on ${withRtp} of them; lists, dispatcher targets and certificate changed in turn`,
      ...[
        'reloads',
        'calls up afterwards',
        'calls that did not end by their BYE',
        'RTP packets lost on the way and back',
      ],
    );
    row(reloads, still, failed + withRtp - ended, `${lost} of ${sent}`);
  } finally {
    carrier.close();
    await callee.stop();
    await edge.stop();
    await rm(folder, { recursive: true });
  }
}

async function reloadConfig(addresses: Addresses, authority: Authority): Promise<Config> {
  const { carrier, edgePublic } = addresses;
  const { certificate, key } = await authority.issue('edge.test', edgePublic);
  const many = 'rates: { perSource: 90000/s, perNumber: 90000/s, perCaller: 90000/s, concurrent: 2000 }';
  const config = testConfig(addresses, many, {
    tls: `{ certificate: ${certificate}, key: ${key}, authorities: ${authority.certificate} }`,
    carriers: [`{ name: twilio, kind: twilio, signalling: [${carrier}/32], media: [${carrier}/32] }`],
  });
  const { edge } = config;
  return { ...config, edge: { ...edge, public: { ...edge.public, rtp: { from: 10000, to: 20000 } } } };
}

async function speak(
  { carrier: address, edgePublic }: Addresses,
  carrier: SipPeer,
  n: number,
): Promise<Spoken> {
  const rtp = await RtpPeer.open(address);
  const call = new CarrierCall(carrier, { edge: edgePublic, rtp, caller: `+155501980${10 + n}` }).invite();
  const answer = await call.final();
  const target = rtpTarget(answer);
  return { call, answer, rtp, target, sent: 0 };
}

function say(one: Spoken): void {
  one.rtp.send('frame', one.target);
  one.sent += 1;
}

/** @returns RPC commands that were given. */
async function changeEverything(
  edge: EdgeHost,
  config: Config,
  authority: Authority,
  { edgePublic }: Addresses,
): Promise<number> {
  const other: Config = {
    ...config,
    numbers: [...config.numbers, { number: '+15550100199', questionnaire: 'x', attestation: 'mark' }],
    callers: { allow: ['+15550199001'], deny: ['+15550199066'] },
    edge: { ...config.edge, livekitSip: [...config.edge.livekitSip].reverse() },
  };
  let given = 0;
  for (let round = 0; round < rounds; round++) {
    const to = round % 2 === 0 ? other : config;
    await authority.issue('edge.test', edgePublic);
    const { reloads } = await applyEdge(to, {
      paths: edge.paths,
      timers: { probe: 3600 },
      clock: systemClock,
    });
    given += reloads.length;
    await delay(500);
  }
  return given;
}

/** @returns how many of them were ended with a 200. */
async function hangUp(carrier: SipPeer, spoken: readonly Spoken[]): Promise<number> {
  for (const { call, answer } of spoken) call.inDialog('BYE', answer, 2);
  const ended = () =>
    spoken.filter(({ call }) =>
      carrier.received.some(
        (text) =>
          text.startsWith('SIP/2.0 200') &&
          text.includes(`Call-ID: ${call.callId}`) &&
          /^CSeq: 2 BYE/m.test(text),
      ),
    ).length;
  await until('all have ended', () => ended() === spoken.length).catch(() => undefined);
  for (const { rtp } of spoken) rtp.close();
  return ended();
}
