import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Forks } from '../../edge/control/forks/forks.ts';
import { NgClient } from '../../edge/control/ng/ng-client.ts';
import { livekitPort, startEdge, testAddresses, testConfig } from '../../edge/test/edge-host.ts';
import { ForkConsumer } from '../../edge/test/fork-consumer.ts';
import { SipPeer } from '../../edge/test/sip-peer.ts';
import { type Party, twoPartyCall } from '../../edge/test/two-party-call.ts';

/**
 * How long nothing comes through when RTPEngine is killed (-9) in mid-call and started again: live, and in the copies. `--away`: ms until then, as
 * when another host takes its addresses and its store over; RTPEngine keeps nothing of a call anywhere else.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, away: { type: 'string', default: '0' } },
});
const away = Number(values.away);
const addresses = testAddresses();
const edge = await startEdge(testConfig(addresses, 'rates: { perCaller: 100/s }'), { probe: 3600 });
const carrier = await SipPeer.open(addresses.carrier);
const livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
const { address, control: port } = edge.config.edge.private;
const ng = await NgClient.open({ address, port, from: address });
const forks = new Forks({ ng, privateAddress: address, consumers: [`${addresses.stranger}/32`] });

interface Gaps {
  live: number;
  copy: number;
}

/** RTP every 20 ms of both parties; what has come where is looked at every 5 ms. */
async function killed(): Promise<Gaps> {
  const up = await twoPartyCall(addresses, carrier, livekit);
  const copies = await Promise.all([
    ForkConsumer.open(addresses.stranger),
    ForkConsumer.open(addresses.stranger),
  ]);
  const { caller, agent } = up;
  await forks.subscribe(up.call.callId, { caller: copies[0].place, agent: copies[1].place });
  const sending = setInterval(() => send(caller, agent), 20);
  const watched = [
    new Watch(() => agent.rtp.received.length),
    new Watch(() => caller.rtp.received.length),
    ...copies.map((copy) => new Watch(() => copy.packets.length)),
  ];
  const watching = setInterval(() => watched.forEach((watch) => watch.look()), 5);
  await pause(500 + Math.random() * 200);
  await edge.stopRtpengine();
  await pause(away);
  await edge.restartRtpengine();
  await pause(1500);
  clearInterval(sending);
  clearInterval(watching);
  copies.forEach((copy) => copy.close());
  await up.end();
  const [callee, back, ...both] = watched.map(({ longest }) => longest);
  return { live: Math.max(callee!, back!), copy: Math.max(...both) };
}

function send(...parties: Party[]): void {
  for (const { rtp, target } of parties) rtp.send('frame', target);
}

/** The longest time between two arrivals, ms; until now, when nothing comes any more. */
class Watch {
  longest = 0;
  readonly #count: () => number;
  #seen = 0;
  #at = performance.now();

  constructor(count: () => number) {
    this.#count = count;
  }

  look(): void {
    const now = performance.now();
    this.longest = Math.max(this.longest, now - this.#at);
    if (this.#count() === this.#seen) return;
    this.#seen = this.#count();
    this.#at = now;
  }
}

const gaps: Gaps[] = [];
for (let run = 0; run < Number(values.runs); run++) gaps.push(await killed());
const line = (what: string, of: (one: Gaps) => number) => {
  const sorted = gaps.map(of).sort((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.ceil(part * sorted.length) - 1]!);
  const over = sorted.filter((ms) => ms > 1000 + away).length;
  process.stdout.write(`| ${what} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${over} of ${sorted.length} |\n`);
};
process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}\n\n| RTPEngine kill -9, away for ${away} ms, gap in ms | P50 | P95 | most | over ${1 + away / 1000} s |\n|---|---|---|---|---|\n`,
);
line('live audio', ({ live }) => live);
line('copies', ({ copy }) => copy);
ng.close();
carrier.close();
livekit.close();
await edge.stop();
