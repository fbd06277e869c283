import { describeError, type Logger } from '@vestibule/core';
import {
  buildSdp,
  chooseFormat,
  isDigit,
  type MediaFormat,
  parseSdp,
  RtpSession,
  type SdpParts,
  sdpFormats,
  type SessionDescription,
  type Timers,
} from '@vestibule/local-telephony';
import type { RoomLeg } from './room-leg.ts';
import type { SharedServices } from './services.ts';

/** What a call's audio is connected with. */
export interface MediaEnds {
  /** The room, once it is joined. */
  room: () => RoomLeg | undefined;
  /** A tone or a prompt that goes before the room's voices. */
  tone: () => Int16Array | undefined;
  /** A key of the other side; default: it is pressed in the room. */
  onKey?: (digit: string) => void;
}

/** A call's audio, whichever side placed it: RTP of the other side, and the room. */
export class CallMedia {
  readonly session: RtpSession;
  readonly #services: SharedServices;
  #format: MediaFormat | undefined;

  private constructor(session: RtpSession, services: SharedServices) {
    this.session = session;
    this.#services = services;
  }

  /** @throws CodedError `no-free-port`. */
  static async open(services: SharedServices, { room, tone, onKey }: MediaEnds): Promise<CallMedia> {
    const { rtp, pacer, clock } = services;
    const session = await RtpSession.open({
      ...rtp,
      pacer,
      clock,
      nextFrame: () => tone() ?? room()?.say(),
      onFrame: (samples) => room()?.hear(samples),
      onDigit: (digit) => {
        if (onKey) onKey(digit);
        else if (isDigit(digit)) room()?.pressKey(digit);
      },
    });
    return new CallMedia(session, services);
  }

  /**
   * Takes note of the format that both sides have.
   * @throws CodedError `no-common-codec`.
   */
  agree(offer: SessionDescription): void {
    this.#format = chooseFormat(offer, ['PCMU', 'PCMA']);
  }

  /** As LiveKit Server is told of it. Empty before `agree`. */
  get codec(): string {
    return this.#format ? `${this.#format.codec}/8000` : '';
  }

  /** Our SDP: of all formats, or of the one agreed on. */
  sdp(origin: Pick<SdpParts, 'sessionId' | 'version'>, formats = sdpFormats(this.#format!)): string {
    const audio = { address: this.#services.rtp.address, port: this.session.port };
    return buildSdp({ ...origin, name: 'LiveKit', audio, formats });
  }

  /** Starts after the answer. Calls `onSilent` when no RTP comes for too long. */
  start(remote: SessionDescription, timers: Timers, onSilent: () => void): void {
    this.session.start(remote.audio, this.#format!);
    this.#watch(timers, onSilent);
  }

  /** The other side has offered anew: hold and codec changes are ignored, only a new place for the audio counts. */
  moved(sdp: string, logger: Logger): void {
    try {
      if (sdp !== '') this.session.start(parseSdp(sdp).audio, this.#format!);
    } catch (error) {
      logger.info('new offer not understood', describeError(error));
    }
  }

  close(): void {
    this.session.close();
  }

  #watch(timers: Timers, onSilent: () => void): void {
    const { limits, clock } = this.#services;
    const answeredAt = clock.monotonic();
    const check = (): void => {
      const last = this.session.lastReceivedAt;
      const due = last === undefined ? answeredAt + limits.firstMedia : last + limits.media;
      const wait = due - clock.monotonic();
      if (wait <= 0) return onSilent();
      // The first packet brings the end nearer, so that the longer first limit is not slept through.
      timers.set('media', Math.min(wait, limits.media), check);
    };
    check();
  }
}

/** Of an answer: the caller's session id, and as version that plus 2. */
export function answerOrigin({ sessionId }: SessionDescription): Pick<SdpParts, 'sessionId' | 'version'> {
  return { sessionId, version: /^\d+$/.test(sessionId) ? String(BigInt(sessionId) + 2n) : '2' };
}
