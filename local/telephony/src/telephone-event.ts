import { circularDistance, type RtpPacket } from './rtp-packet.ts';

const digits = '0123456789*#ABCD';

/** The payload of a telephone-event packet (RFC 4733 §2.3). */
export interface TelephoneEvent {
  /** One of 0-9 * # A B C D. */
  digit: string;
  end: boolean;
  /** −dBm0, 0..63 */
  volume: number;
  /** In samples of the RTP clock. */
  duration: number;
}

export function encodeTelephoneEvent(event: TelephoneEvent): Uint8Array {
  const payload = new Uint8Array(4);
  const view = new DataView(payload.buffer);
  view.setUint8(0, digits.indexOf(event.digit.toUpperCase()));
  view.setUint8(1, (event.end ? 0x80 : 0) | (event.volume & 0x3f));
  view.setUint16(2, Math.min(event.duration, 0xffff));
  return payload;
}

/** The event, or undefined for one that is no keypad digit (flash, tones) or too short. */
export function decodeTelephoneEvent(payload: Uint8Array): TelephoneEvent | undefined {
  const digit = digits[payload[0] ?? 255];
  if (payload.length < 4 || digit === undefined) return undefined;
  const flags = payload[1]!;
  return {
    digit,
    end: (flags & 0x80) !== 0,
    volume: flags & 0x3f,
    duration: (payload[2]! << 8) | payload[3]!,
  };
}

export function isDigit(text: string): boolean {
  return text.length === 1 && digits.includes(text.toUpperCase());
}

/**
 * Turns packets into key presses. All packets of one press share the RTP timestamp of its start (RFC 4733 §2.4), so
 * that alone tells presses apart: the marker bit may be missing, and so may every packet but one. Events may have an
 * SSRC of their own (§2.5.1.1 only recommends the audio's), so only theirs counts.
 */
export class TelephoneEventReceiver {
  #last: { ssrc: number; timestamp: number } | undefined;

  /** The digit at the first packet of a press that gets here; undefined for its repetitions and for stragglers. */
  push({ ssrc, timestamp, payload }: Pick<RtpPacket, 'ssrc' | 'timestamp' | 'payload'>): string | undefined {
    const event = decodeTelephoneEvent(payload);
    if (!event) return undefined;
    const last = this.#last;
    // Another source's timestamps have nothing to do with those seen.
    if (last?.ssrc === ssrc && circularDistance(last.timestamp, timestamp, 32) <= 0) return undefined;
    this.#last = { ssrc, timestamp };
    return event.digit;
  }
}

export interface TelephoneEventPacket {
  marker: boolean;
  /** In 20 ms steps before the current audio frame: the packet's RTP timestamp is that of the frame where the press began. */
  age: number;
  payload: Uint8Array;
}

/** How a press is spread over packets, in steps of 20 ms: what the official LiveKit SIP service sends. */
const pressSteps = 12;
const gapSteps = 15;
/** `w`: half a second. */
const waitSteps = 25;
const volume = 10;
const samplesPerStep = 160;

/** Plays digits as packets, one step per 20 ms: twelve updates, then the end three times, then a pause of 300 ms. */
export class TelephoneEventSender {
  #queue: string[] = [];
  #step = 0;
  #pause = 0;

  /** Queues the digits of `text`, and a pause for each `w`; anything else in it is ignored. */
  enqueue(text: string): void {
    this.#queue.push(...[...text].filter((character) => isDigit(character) || character === 'w'));
  }

  /** Nothing waits, and the pause after the last press is over. */
  get idle(): boolean {
    return this.#queue.length === 0 && this.#pause === 0;
  }

  /** The packets of this 20 ms step. */
  step(): TelephoneEventPacket[] {
    if (this.#pause > 0) this.#pause--;
    const digit = this.#queue[0];
    if (digit === undefined || this.#pause > 0) return [];
    if (digit === 'w') {
      this.#queue.shift();
      this.#pause = waitSteps;
      return [];
    }
    const age = this.#step;
    const duration = (age + 1) * samplesPerStep;
    this.#step++;
    if (age < pressSteps)
      return [
        { marker: age === 0, age, payload: encodeTelephoneEvent({ digit, end: false, volume, duration }) },
      ];
    this.#queue.shift();
    this.#step = 0;
    this.#pause = gapSteps;
    const end = { marker: false, age, payload: encodeTelephoneEvent({ digit, end: true, volume, duration }) };
    return [end, end, end];
  }
}
