import { chooseFormat, type Pacer, parseSdp, RtpSession } from '@vestibule/local-telephony';

const tone = Int16Array.from({ length: 160 }, (_, i) => 8000 * Math.sin((2 * Math.PI * i) / 16));

/** A caller's audio: a 500 Hz tone to the bridge, and a count of what comes back. */
export class Line {
  readonly #media: RtpSession;
  /** Frames that were not silent. */
  heard = 0;

  private constructor(media: RtpSession) {
    this.#media = media;
  }

  static async open(address: string, pacer: Pacer): Promise<Line> {
    const made: { line?: Line } = {};
    const media = await RtpSession.open({
      address,
      ports: { from: 0, to: 0 },
      pacer,
      nextFrame: () => tone,
      onFrame: (samples) => {
        if (made.line && samples.some((sample) => Math.abs(sample) > 2000)) made.line.heard++;
      },
    });
    return (made.line = new Line(media));
  }

  get port(): number {
    return this.#media.port;
  }

  /** @param answer the SDP of the 200. */
  start(answer: string): void {
    const sdp = parseSdp(answer);
    this.#media.start(sdp.audio, chooseFormat(sdp, ['PCMU']));
  }

  close(): void {
    this.#media.close();
  }
}
