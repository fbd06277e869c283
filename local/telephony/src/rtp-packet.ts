/** An RTP packet (RFC 3550 §5.1) without what nobody here uses: CSRCs and header extensions are read over. */
export interface RtpPacket {
  payloadType: number;
  marker: boolean;
  /** 0..65535 */
  sequence: number;
  /** In samples of the payload's clock, modulo 2^32. */
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

const headerLength = 12;

export function encodeRtp(packet: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(headerLength + packet.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, (packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f));
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp);
  view.setUint32(8, packet.ssrc);
  bytes.set(packet.payload, headerLength);
  return bytes;
}

/** The packet, or undefined when the bytes are no RTP version 2 (RTCP on the same port counts as none, RFC 5761 §4). */
export function decodeRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < headerLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  const second = view.getUint8(1);
  if (first >> 6 !== 2 || (second >= 192 && second <= 223)) return undefined;
  const bounds = payloadBounds(view, first);
  if (!bounds) return undefined;
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(bounds.start, bounds.end),
  };
}

function payloadBounds(view: DataView, first: number): { start: number; end: number } | undefined {
  let start = headerLength + 4 * (first & 0x0f);
  if (first & 0x10) {
    if (view.byteLength < start + 4) return undefined;
    start += 4 + 4 * view.getUint16(start + 2);
  }
  const padding = first & 0x20 ? view.getUint8(view.byteLength - 1) : 0;
  const end = view.byteLength - padding;
  return end < start ? undefined : { start, end };
}

/** The signed distance b − a on a circle of `bits` bits: how sequence numbers and timestamps are compared. */
export function circularDistance(a: number, b: number, bits: 16 | 32): number {
  const shift = 32 - bits;
  return ((b - a) << shift) >> shift;
}
