import { setTimeout as delay } from 'node:timers/promises';
import { atZone, type Config } from '@vestibule/config';
import { ok } from '../../edge/test/answer.ts';
import { CarrierCall } from '../../edge/test/carrier-call.ts';
import {
  type Addresses,
  type EdgeHost,
  livekitPort,
  sipPort,
  startEdge,
  testConfig,
} from '../../edge/test/edge-host.ts';
import { sipAnswer, SipPeer } from '../../edge/test/sip-peer.ts';
import { percentile } from './load/percentile.ts';
import { heading, row } from './table.ts';

/** How soon a carrier that gets no answer takes its next URI, ms: Twilio's. */
const nextUriMs = 4000;

interface Site {
  own: EdgeHost;
  other: EdgeHost;
  carrier: SipPeer;
  /** Both zones' pairs, in the order in which they are tried. */
  livekit: SipPeer[];
  addresses: Addresses;
  otherPublic: string;
}

interface Outcome {
  /** From the INVITE to the first answer, at the edge that gave one, ms. */
  firstMs: number;
  setupMs: number;
  isUp: boolean;
}

/** New calls once a part is dead, the first of them right after its death. */
export async function deathTable(addresses: Addresses): Promise<void> {
  heading(
    'New calls after a death (kill -9), 20 one after the other, and 100 at once',
    ...[
      'dead',
      'calls that came up',
      'first answer P50/most, ms',
      'set-up P50/most, ms',
      '100 at once: up',
      'set-up most, ms',
    ],
  );
  for (const [dead, strike] of [
    ['nothing', async () => {}],
    ['own RTPEngine', ({ own }: Site) => own.stopRtpengine()],
    ['first LiveKit SIP', async ({ livekit }: Site) => silence(livekit.splice(0, 1))],
    ['own pair of LiveKit SIP', async ({ livekit }: Site) => silence(livekit.splice(0, 2))],
    ['Kamailio, or the whole zone', ({ own }: Site) => own.stop()],
  ] as const satisfies readonly (readonly [string, (site: Site) => Promise<void>])[])
    await afterDeath(addresses, dead, strike);
}

const silence = (peers: readonly SipPeer[]) => peers.forEach((peer) => peer.close());

async function afterDeath(
  addresses: Addresses,
  dead: string,
  strike: (site: Site) => Promise<void>,
): Promise<void> {
  const site = await openSite(addresses);
  const isZone = dead.startsWith('Kamailio');
  const edge = isZone ? site.otherPublic : addresses.edgePublic;
  const answering = setInterval(() => answerAll(site), 2);
  try {
    await strike(site);
    const one: Outcome[] = [];
    for (let n = 0; n < 20; n++) one.push(await call(site, edge, n));
    const many = await Promise.all(Array.from({ length: 100 }, (_, n) => call(site, edge, 100 + n)));
    const both = (of: (outcome: Outcome) => number) =>
      `${Math.round(percentile(one.map(of), 0.5))} / ${Math.round(percentile(one.map(of), 1))}`;
    const up = (outcomes: Outcome[]) => `${outcomes.filter(({ isUp }) => isUp).length} of ${outcomes.length}`;
    row(
      isZone ? `${dead}: through the second URI, after its ${nextUriMs} ms` : dead,
      ...[up(one), both(({ firstMs }) => firstMs), both(({ setupMs }) => setupMs), up(many)],
      Math.round(
        percentile(
          many.map(({ setupMs }) => setupMs),
          1,
        ),
      ),
    );
  } finally {
    clearInterval(answering);
    await closeSite(site, isZone);
  }
}

async function openSite(addresses: Addresses): Promise<Site> {
  const net = addresses.edgePublic.replace(/\.\d+$/, '');
  const second = { edgePublic: `${net}.30`, edgePrivate: `${net}.31`, livekit: [`${net}.3`, `${net}.4`] };
  const config: Config = testConfig(
    addresses,
    `
rates: { perSource: 900/s, perNumber: 900/s, perCaller: 900/s, concurrent: 1000 }
otherZones:
  - zone: test-b
    public: { address: ${second.edgePublic}, sip: ${sipPort}, rtp: 21000-24000 }
    private: { address: ${second.edgePrivate}, sip: ${sipPort}, store: redis://${second.edgePrivate}:6392 }
    livekitSip: [${second.livekit.map((host) => `${host}:${livekitPort}`).join(', ')}]`,
  );
  const roomy = {
    ...config,
    edge: { ...config.edge, public: { ...config.edge.public, rtp: { from: 21000, to: 24000 } } },
  };
  const timers = { probe: 3600 };
  const [own, other] = await Promise.all([
    startEdge(roomy, timers),
    startEdge(atZone(roomy, 'test-b'), timers),
  ]);
  const livekit = await Promise.all(
    [...addresses.livekit, ...second.livekit].map((address) => SipPeer.open(address, livekitPort)),
  );
  const carrier = await SipPeer.open(addresses.carrier);
  return { own, other, carrier, livekit, addresses, otherPublic: second.edgePublic };
}

async function closeSite({ own, other, carrier, livekit }: Site, isOwnStopped: boolean): Promise<void> {
  carrier.close();
  silence(livekit);
  await Promise.all([other.stop(), isOwnStopped ? undefined : own.stop()]);
}

/** LiveKit SIP's place: 200 to each INVITE and BYE, once. */
const answered = new Set<string>();
function answerAll({ livekit, own, other }: Site): void {
  for (const peer of livekit)
    for (const request of peer.received.splice(0)) {
      const [, method = ''] = /^(INVITE|BYE) /.exec(request) ?? [];
      const branch = /branch=([^;\r]+)/.exec(request)?.[1] ?? '';
      if (method === '' || answered.has(branch + method)) continue;
      answered.add(branch + method);
      const via = /^Via: SIP\/2\.0\/UDP ([\d.]+)/m.exec(request)?.[1];
      const edge = [own, other].find(({ config }) => config.edge.private.address === via)?.config.edge.private
        .address;
      if (edge === undefined) continue;
      peer.send(method === 'BYE' ? sipAnswer(request, '200 OK') : ok(request, peer, 41000), edge);
    }
}

async function call({ carrier }: Site, edge: string, n: number): Promise<Outcome> {
  const began = performance.now();
  const attempt = new CarrierCall(carrier, { edge, caller: `+1555019${String(7000 + n)}` }).invite();
  const first = carrier.next(/^SIP\/2\.0/, attempt.callId, nextUriMs).then(() => performance.now() - began);
  const [firstMs, answer] = await Promise.all([first.catch(() => NaN), attempt.final().catch(() => '')]);
  const setupMs = performance.now() - began;
  const isUp = answer.startsWith('SIP/2.0 200');
  if (isUp) attempt.inDialog('BYE', answer, 2);
  await delay(5);
  return { firstMs, setupMs, isUp };
}
