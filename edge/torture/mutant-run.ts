import { setTimeout as delay } from 'node:timers/promises';
import { mutant, type Mutant } from './mutants/mutate.ts';
import { Random } from './mutants/random.ts';
import { RawPeer } from './raw-peer.ts';
import { forgedHeaders } from './strict/decision.ts';
import { requestFaults } from './strict/request.ts';
import type { Target } from './target/target.ts';

export interface MutantFigures {
  sent: number;
  alive: boolean;
  /** Reached the listener, well-formed or not. */
  inward: number;
  /** Reached the listener and are not what RFC 3261 and RFC 4566 allow: which fault, from which mutations. */
  malformed: { faults: string[]; mutations: string[]; bytes: Buffer }[];
  /** Headers of the edge's decision that somebody else wrote, at the listener. */
  forged: { faults: string[]; mutations: string[] }[];
}

/** A few at a time, so that loss in sockets does not stand in for refusal. */
const batch = 5;

/** Sends mutants from the carrier's address, and judges what comes out behind. */
export async function measureMutants(
  target: Target,
  { count, seed, perSecond = 500 }: { count: number; seed: number; perSecond?: number },
): Promise<MutantFigures> {
  const { carrier, edgePublic } = target.addresses;
  const before = await target.processes();
  const already = target.inward.calls.length;
  const peer = await RawPeer.open(carrier);
  const random = new Random(seed);
  const mutants = new Map<string, Mutant>();
  const began = performance.now();
  for (let sent = 0; sent < count; sent++) {
    const callId = `mutant-${seed}-${sent}@0.0.0.0`;
    const made = mutant(random, callId, { edge: edgePublic, source: carrier });
    mutants.set(callId, made);
    peer.send(made.bytes, edgePublic);
    if (sent % batch === 0) await delay(Math.max(0, began + (sent * 1000) / perSecond - performance.now()));
  }
  await delay(3000); // retransmissions and RTPEngine's answers
  peer.close();
  const after = await target.processes();
  const arrived = target.inward.calls
    .slice(already)
    .filter(({ method }) => method !== 'BYE' && method !== 'CANCEL');
  const judged = arrived.map(({ bytes, callId }) => ({
    bytes,
    mutations: mutants.get(callId)?.mutations ?? ['unknown Call-ID'],
    faults: requestFaults(bytes),
    forged: forgedHeaders(bytes, target),
  }));
  return {
    sent: count,
    alive: before.length > 0 && before.join() === after.join(),
    inward: arrived.length,
    malformed: judged.filter(({ faults }) => faults.length > 0),
    forged: judged
      .filter(({ forged }) => forged.length > 0)
      .map(({ forged, mutations }) => ({ faults: forged, mutations })),
  };
}
