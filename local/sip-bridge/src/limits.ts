/** How long things may take, ms. Tests shorten them; production code has none of this. */
export interface Limits {
  /** Between two 180s. */
  ringEvery: number;
  /** Nobody publishes audio: 486; nobody answers an outbound call: CANCEL. A trunk's or request's ringing_timeout comes first. */
  ringing: number;
  /** From the INVITE; a trunk's or request's max_call_duration comes first. */
  callDuration: number;
  /** No RTP after the answer: BYE. */
  firstMedia: number;
  /** No RTP any more: BYE. */
  media: number;
  /** LiveKit Server out of reach: 503. */
  server: number;
  /** A digest challenge may be answered. */
  challenge: number;
  /** From a wrong PIN to BYE. */
  wrongPin: number;
  /** From the news that a transfer has succeeded to BYE. */
  afterTransfer: number;
}

/** What the official service was seen to do. */
export const officialLimits: Limits = {
  ringEvery: 1000,
  ringing: 180_000,
  callDuration: 24 * 3_600_000,
  firstMedia: 30_000,
  media: 15_000,
  server: 1000,
  challenge: 32_000,
  wrongPin: 2000,
  afterTransfer: 1000,
};
