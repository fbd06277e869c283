import { CodedError } from '@vestibule/core';
import type { G711Name } from './g711.ts';
import type { MediaFormat } from './rtp-session.ts';
import { isPort, type Peer, type TelephonyErrorCode } from './udp.ts';

export type SdpDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What of an RFC 4566 session description matters for one audio stream. */
export interface SessionDescription {
  /** Numeric session id of the o= line. */
  sessionId: string;
  version: string;
  /** Where the audio is to be sent. */
  audio: Peer;
  protocol: string;
  /** Offered payload types in order, with their encoding names in upper case and clock rates. */
  formats: { payloadType: number; encoding: string; rate: number }[];
  direction: SdpDirection;
}

const staticFormats: Record<number, [encoding: string, rate: number]> = {
  0: ['PCMU', 8000],
  8: ['PCMA', 8000],
  9: ['G722', 8000],
  18: ['G729', 8000],
};

function malformed(what: string): CodedError<TelephonyErrorCode> {
  return new CodedError<TelephonyErrorCode>('malformed-sdp', what);
}

/**
 * Reads the first audio section. A payload type without rtpmap gets its static meaning (RFC 3551 table 4).
 * @throws CodedError `malformed-sdp` when it is no SDP, or has no audio, no address or a port above 65535.
 */
export function parseSdp(text: string): SessionDescription {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line): [string, string] => {
      if (line[1] !== '=') throw malformed('a line without type');
      return [line[0]!, line.slice(2)];
    });
  if (lines[0]?.[0] !== 'v') throw malformed('no v= line');
  const origin = lines.find(([type]) => type === 'o')?.[1].split(' ');
  if (origin?.length !== 6) throw malformed('no o= line');
  const from = lines.findIndex(([type, value]) => type === 'm' && value.startsWith('audio '));
  if (from < 0) throw malformed('no audio section');
  const next = lines.findIndex(([type], index) => index > from && type === 'm');
  const section = lines.slice(from, next < 0 ? undefined : next);
  const firstMedia = lines.findIndex(([type]) => type === 'm');
  const inSection = (type: string) =>
    (section.find((line) => line[0] === type) ??
      lines.slice(0, firstMedia).find((line) => line[0] === type))?.[1];
  const address = inSection('c')?.match(/^IN IP4 ([^\s/]+)/)?.[1];
  const media = section[0]![1].match(/^audio (\d+)(?:\/\d+)? (\S+) ([\d ]+)$/);
  if (!address || !media) throw malformed('no address or port');
  const port = Number(media[1]);
  // 0 is a section that is refused (RFC 3264 §6).
  if (port !== 0 && !isPort(port)) throw malformed('no such port');
  const attributes = section.filter(([type]) => type === 'a').map(([, value]) => value);
  return {
    sessionId: origin[1]!,
    version: origin[2]!,
    audio: { address, port },
    protocol: media[2]!,
    formats: media[3]!
      .trim()
      .split(/ +/)
      .map((pt) => formatOf(Number(pt), attributes)),
    direction: directionOf(attributes),
  };
}

function formatOf(payloadType: number, attributes: string[]): SessionDescription['formats'][number] {
  const map = attributes
    .map((value) => value.match(/^rtpmap:(\d+) +([^/\s]+)\/(\d+)/))
    .find((match) => Number(match?.[1]) === payloadType && match !== null);
  const [encoding, rate] = map
    ? [map[2]!.toUpperCase(), Number(map[3])]
    : (staticFormats[payloadType] ?? ['', 0]);
  return { payloadType, encoding, rate };
}

function directionOf(attributes: string[]): SdpDirection {
  const all: SdpDirection[] = ['sendonly', 'recvonly', 'inactive'];
  return all.find((direction) => attributes.includes(direction)) ?? 'sendrecv';
}

/**
 * The format both sides have: the first of `preference` that is offered, whatever the offer's order (RFC 3264 §6.1
 * allows it, and the official service does so).
 * @throws CodedError `no-common-codec` when none is, or the audio port is 0.
 */
export function chooseFormat(offer: SessionDescription, preference: readonly G711Name[]): MediaFormat {
  const formats = offer.formats.filter(({ rate }) => rate === 8000);
  const found = preference
    .map((name) => formats.find(({ encoding }) => encoding === name))
    .find((format) => format !== undefined);
  if (!found || offer.audio.port === 0)
    throw new CodedError<TelephonyErrorCode>('no-common-codec', 'no codec in common');
  const event = formats.find(({ encoding }) => encoding === 'TELEPHONE-EVENT');
  return {
    codec: found.encoding as G711Name,
    payloadType: found.payloadType,
    ...(event ? { eventPayloadType: event.payloadType } : {}),
  };
}

export interface SdpParts {
  /** Default `-`. */
  username?: string;
  sessionId: string | number;
  version: string | number;
  /** Default `-`. */
  name?: string;
  audio: Peer;
  formats: { payloadType: number; encoding: string }[];
  /** Default `sendrecv`. */
  direction?: SdpDirection;
}

/** One audio section, RTP/AVP, 20 ms; lines in the order in which carriers write them. */
export function buildSdp(parts: SdpParts): string {
  const { username = '-', name = '-', direction = 'sendrecv', audio, formats } = parts;
  const events = formats.filter(({ encoding }) => encoding === 'telephone-event');
  const lines = [
    'v=0',
    `o=${username} ${parts.sessionId} ${parts.version} IN IP4 ${audio.address}`,
    `s=${name}`,
    `c=IN IP4 ${audio.address}`,
    't=0 0',
    `m=audio ${audio.port} RTP/AVP ${formats.map(({ payloadType }) => payloadType).join(' ')}`,
    ...formats.map(({ payloadType, encoding }) => `a=rtpmap:${payloadType} ${encoding}/8000`),
    ...events.map(({ payloadType }) => `a=fmtp:${payloadType} 0-16`),
    'a=ptime:20',
    `a=${direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** The formats of an answer, or of an offer of one codec. */
export function sdpFormats(format: MediaFormat): SdpParts['formats'] {
  const { codec, payloadType, eventPayloadType } = format;
  return [
    { payloadType, encoding: codec },
    ...(eventPayloadType === undefined
      ? []
      : [{ payloadType: eventPayloadType, encoding: 'telephone-event' }]),
  ];
}

/** What a G.711 caller offers: PCMU, PCMA, telephone-event 101. */
export const g711Offer: SdpParts['formats'] = [
  { payloadType: 0, encoding: 'PCMU' },
  { payloadType: 8, encoding: 'PCMA' },
  { payloadType: 101, encoding: 'telephone-event' },
];
