import { setTimeout as delay } from 'node:timers/promises';
import { type TortureMessage, tortureMessages } from './corpus.ts';
import { RawPeer } from './raw-peer.ts';
import type { Target } from './target/target.ts';

/** What became of one message. */
export interface Outcome extends TortureMessage {
  /** Final status codes that came back to the sender. */
  codes: number[];
  /** Bytes that came back to the sender. */
  bytesBack: number;
  /** Requests and responses that reached the listener. */
  forwarded: Buffer[];
}

/** Longest wait for an answer, ms: silence is an outcome as well. */
const patience = 150;

/** Sends each message from a socket of its own on `source`, one after the other. */
export async function sendTorture(target: Target, source: string): Promise<Outcome[]> {
  const sent: { peer: RawPeer; outcome: Omit<Outcome, 'codes' | 'bytesBack'> }[] = [];
  for (const message of tortureMessages) {
    const peer = await RawPeer.open(source);
    const before = arrivals(target).length;
    peer.send(message.bytes, target.addresses.edgePublic);
    const end = performance.now() + patience;
    while (finalCodes(peer).length === 0 && performance.now() < end) await delay(5);
    sent.push({ peer, outcome: { ...message, forwarded: arrivals(target).slice(before) } });
  }
  await delay(patience);
  return sent.map(({ peer, outcome }) => {
    peer.close();
    return { ...outcome, codes: finalCodes(peer), bytesBack: peer.bytes };
  });
}

function arrivals({ inward }: Target): Buffer[] {
  return [...inward.calls.map(({ bytes }) => bytes), ...inward.responses];
}

function finalCodes({ received }: RawPeer): number[] {
  const codes = received.map((bytes) => Number(/^SIP\/2\.0 (\d{3})/.exec(bytes.toString('latin1'))?.[1]));
  return [...new Set(codes.filter((code) => code >= 200))];
}

/** The figures that the corpus is judged by. */
export interface TortureFigures {
  alive: boolean;
  /** Not valid, and yet at the listener. */
  invalidInward: string[];
  /** Valid, and answered 400. */
  validMalformed: string[];
  bytesToStranger: number;
}

export async function measureTorture(target: Target): Promise<TortureFigures & { trusted: Outcome[] }> {
  const before = await target.processes();
  const trusted = await sendTorture(target, target.addresses.carrier);
  const stranger = await sendTorture(target, target.addresses.stranger);
  const after = await target.processes();
  const reached = [...trusted, ...stranger].filter(({ forwarded }) => forwarded.length > 0);
  return {
    alive: before.length > 0 && before.join() === after.join(),
    invalidInward: [...new Set(reached.filter(({ valid }) => !valid).map(({ name }) => name))],
    validMalformed: trusted
      .filter(({ valid, codes }) => valid && codes.includes(400))
      .map(({ name }) => name),
    bytesToStranger: stranger.reduce((sum, { bytesBack }) => sum + bytesBack, 0),
    trusted,
  };
}
