import { type Pacer, parseSdp } from '@vestibule/local-telephony';
import type { Heard, RawCaller } from './caller.ts';
import { isRinging } from './compare.ts';
import type { Recording } from './recording.ts';

/**
 * RTP as the recorded peer sent it: a tone from the answer on, and its key presses, with the last of which this resolves.
 * @param sdp of the service.
 */
export async function speak(
  caller: RawCaller,
  { rtp, steps }: Recording,
  sdp: string,
  { pacer, scale }: { pacer: Pacer; scale: number },
): Promise<void> {
  if (!rtp || rtp.sent.packets === 0) return;
  const { audio, formats } = parseSdp(sdp);
  caller.startTone(pacer, audio, formats[0]!.payloadType);
  const { first = 0, last = 0 } = rtp.sent;
  const stopsEarly = (steps.at(-1)?.at ?? 0) - last > 5000;
  if (stopsEarly) setTimeout(() => caller.stopTone(), (last - first) * scale).unref();
  const payloadType = formats.find(({ encoding }) => encoding === 'TELEPHONE-EVENT')?.payloadType;
  if (!rtp.sentEvents || payloadType === undefined) return;
  const start = performance.now();
  const base = caller.timestamp - (rtp.sentEvents[0]?.[2] ?? 0);
  for (const [at, marker, timestamp, hex] of rtp.sentEvents) {
    const wait = start + (at - first) - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const payload = Buffer.from(hex, 'hex');
    caller.sendRtp(audio, { payloadType, marker: marker === 1, timestamp: base + timestamp, payload });
  }
}

/** Of one call's repeated 180. ms */
export function meanGap(ringing: Heard[]): number | undefined {
  const [first, last] = [ringing[0], ringing.at(-1)];
  return first && last && first !== last ? (last.at - first.at) / (ringing.length - 1) : undefined;
}

/** 180 comes every second, and a 200 again until its ACK. */
export function isRepetition(message: Heard, last: Heard, ringingExpected: boolean): boolean {
  if (message.taken || message.text !== last.text) return false;
  return message.text.startsWith('SIP/2.0 200') || (isRinging(message.text) && !ringingExpected);
}
