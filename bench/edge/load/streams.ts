import { setTimeout as delay } from 'node:timers/promises';
import { livekitPort } from '../../../edge/test/edge-host.ts';
import { SipPeer } from '../../../edge/test/sip-peer.ts';
import { type TwoPartyCall, twoPartyCall } from '../../../edge/test/two-party-call.ts';
import { cpuMs } from './cores.ts';
import type { LoadTarget } from './targets.ts';

export interface StreamFigures {
  /** Streams (one direction of one call) that were on. */
  streams: number;
  sent: number;
  received: number;
  /** Processor time of Kamailio and RTPEngine together, ms a second. */
  busyMs: number;
}

/** G.711 at 20 ms: 160 bytes, 50 packets a second each way. */
const payload = 'x'.repeat(160);
const frameMs = 20;

/** `calls` with RTP both ways for `seconds`. */
export async function measureStreams(
  { addresses, pids }: LoadTarget,
  calls: number,
  seconds: number,
): Promise<StreamFigures> {
  const carrier = await SipPeer.open(addresses.carrier);
  const livekit = await SipPeer.open(addresses.livekit[0], livekitPort);
  const up: TwoPartyCall[] = [];
  try {
    for (let n = 0; n < calls; n++) up.push(await twoPartyCall(addresses, carrier, livekit));
    if (up.some(({ caller }) => caller.target.address !== addresses.edgePublic))
      throw new Error('RTP does not go through the edge');
    const before = await cpuMs(pids);
    const began = performance.now();
    const sent = await talk(up, seconds);
    const busyMs = ((await cpuMs(pids)) - before) / ((performance.now() - began) / 1000);
    const received = up.reduce(
      (sum, { caller, agent }) => sum + caller.rtp.received.length + agent.rtp.received.length,
      0,
    );
    for (const call of up) await call.end();
    return { streams: calls * 2, sent, received, busyMs };
  } finally {
    carrier.close();
    livekit.close();
  }
}

async function talk(up: readonly TwoPartyCall[], seconds: number): Promise<number> {
  const began = performance.now();
  const frames = (seconds * 1000) / frameMs;
  for (let frame = 0; frame < frames; frame++) {
    for (const { caller, agent } of up)
      for (const { rtp, target } of [caller, agent]) rtp.send(payload, target);
    await delay(Math.max(0, began + (frame + 1) * frameMs - performance.now()));
  }
  return frames * up.length * 2;
}
