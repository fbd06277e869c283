import { setTimeout as delay } from 'node:timers/promises';
import type { Addresses } from '../../edge/test/edge-host.ts';
import { audioSdp, sipRequest } from '../../edge/test/sip-peer.ts';
import { RawPeer } from '../../edge/torture/raw-peer.ts';
import { percentile } from './load/percentile.ts';
import { runCalls, startCallee } from './load/sipp-load.ts';
import { type LoadTarget, loadDefault, loadVestibule } from './load/targets.ts';
import { heading, row } from './table.ts';

/** From 20 addresses of strangers', so that no ban of one ends it; as many INVITEs a second as in the attack. */
const strangers = 20;
const perSecond = 1000;
const total = 5000;
/** Trusted calls a second, and rounds of quiet and flood in turn, so that one slow moment of the machine does not decide. */
const trusted = 40;
const rounds = 5;

interface Round {
  quiet: number[];
  flooded: number[];
  failed: number;
  replies: number;
}

export async function floodTable(addresses: Addresses): Promise<void> {
  heading(
    `${total} INVITEs in ${total / perSecond} s from ${strangers} strangers while ${trusted} trusted calls a second are set up; ${rounds} rounds`,
    ...[
      '',
      'replies to strangers',
      'trusted calls failed',
      'set-up P50/P99 quiet, ms',
      'set-up P50/P99 flooded, ms',
    ],
    'P99 flooded : quiet',
  );
  for (const start of [
    () => loadVestibule(addresses),
    () => loadDefault(addresses, false),
    () => loadDefault(addresses, true),
  ]) {
    const target = await start();
    await measure(target).finally(() => target.stop());
  }
}

async function measure(target: LoadTarget): Promise<void> {
  const callee = await startCallee(target.addresses.livekit[0]);
  try {
    await calls(target); // warm
    const all: Round = { quiet: [], flooded: [], failed: 0, replies: 0 };
    for (let round = 0; round < rounds; round++) {
      const { quiet, flooded, failed, replies } = await oneRound(target);
      all.quiet.push(...quiet);
      all.flooded.push(...flooded);
      all.failed += failed;
      all.replies += replies;
    }
    const at = (values: number[]) => `${percentile(values, 0.5)} / ${percentile(values, 0.99)}`;
    const ratio = percentile(all.flooded, 0.99) / percentile(all.quiet, 0.99);
    row(target.name, all.replies, all.failed, at(all.quiet), at(all.flooded), ratio.toFixed(2));
  } finally {
    await callee.stop();
  }
}

const calls = ({ addresses, door }: LoadTarget) =>
  runCalls(addresses.carrier, door, { rate: trusted, calls: (trusted * total) / perSecond, holdMs: 200 });

async function oneRound(target: LoadTarget): Promise<Round> {
  const quiet = await calls(target);
  const [flooded, replies] = await Promise.all([calls(target), flood(target)]);
  return {
    quiet: quiet.setupMs,
    flooded: flooded.setupMs,
    failed: quiet.failed + flooded.failed,
    replies,
  };
}

/** @returns how many datagrams came back. */
async function flood({ addresses, door }: LoadTarget): Promise<number> {
  const net = addresses.stranger.slice(0, addresses.stranger.lastIndexOf('.'));
  const peers = await Promise.all(
    Array.from({ length: strangers }, (_, index) => RawPeer.open(`${net}.${100 + index}`)),
  );
  const began = performance.now();
  for (let sent = 0; sent < total; sent++) {
    const peer = peers[sent % strangers]!;
    const body = audioSdp(peer.address, 30000);
    const { text } = sipRequest(peer, { method: 'INVITE', uri: `sip:+15550100100@${door}`, body });
    peer.send(Buffer.from(text.replace(/\r?\n/g, '\r\n')), door);
    if (sent % 5 === 0) await delay(Math.max(0, began + (sent * 1000) / perSecond - performance.now()));
  }
  await delay(1000); // retransmissions of answers
  for (const peer of peers) peer.close();
  return peers.reduce((sum, { received }) => sum + received.length, 0);
}
