import {
  buildSdp,
  chooseFormat,
  g711Offer,
  parseSdp,
  type SdpDirection,
  type SdpParts,
} from '@vestibule/local-telephony';

/** What the answerer does while the offerer does this (RFC 3264 §6.1). */
const mirrored: Record<SdpDirection, SdpDirection> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

type Media = Required<Pick<SdpParts, 'formats' | 'direction'>>;

/** Writes the session descriptions of one call, as Twilio's media gateway words them. */
export class SdpAuthor {
  readonly #audio: { address: string; port: number };
  #version = 1;
  #last = '';

  constructor(audio: { address: string; port: number }) {
    this.#audio = audio;
  }

  offer(): string {
    return this.#write({ formats: g711Offer, direction: 'sendrecv' });
  }

  /**
   * The answer to a re-INVITE: of the offer's formats those that we have, under the offer's numbers and in its order, and
   * the other half of its direction.
   * @throws CodedError `malformed-sdp`, `no-common-codec`.
   */
  answer(offer: string): string {
    const offered = parseSdp(offer);
    chooseFormat(offered, ['PCMU', 'PCMA']);
    const formats = offered.formats
      .filter(({ encoding, rate }) => rate === 8000 && isOurs(encoding))
      .map(({ payloadType, encoding }) => ({ payloadType, encoding: writtenAs(encoding) }));
    return this.#write({ formats, direction: mirrored[offered.direction] });
  }

  /** The version in o= grows by one when the description differs from the one before it (RFC 3264 §8), and only then. */
  #write({ formats, direction }: Media): string {
    const media = JSON.stringify({ formats, direction });
    if (this.#last !== '' && media !== this.#last) this.#version += 1;
    this.#last = media;
    return buildSdp({
      username: 'root',
      sessionId: 1185414872,
      version: this.#version,
      name: 'Twilio Media Gateway',
      audio: this.#audio,
      formats,
      direction,
    });
  }
}

function isOurs(encoding: string): boolean {
  return g711Offer.some((format) => format.encoding.toUpperCase() === encoding);
}

function writtenAs(encoding: string): string {
  return g711Offer.find((format) => format.encoding.toUpperCase() === encoding)?.encoding ?? encoding;
}
