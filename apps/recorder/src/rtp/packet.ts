/** What of an RTP packet (RFC 3550, section 5.1) a recording needs. */
export interface RtpPacket {
  payloadType: number;
  sequence: number;
  /** In samples, modulo 2^32. */
  timestamp: number;
  ssrc: number;
  payload: Buffer;
}

/** Undefined for what is no RTP: another version, RTCP on the same port, or cut short. */
export function parseRtp(packet: Buffer): RtpPacket | undefined {
  if (packet.length < 12 || packet[0]! >> 6 !== 2) return undefined;
  const payloadType = packet[1]! & 0x7f;
  // RFC 5761, section 4: 64–95 would be RTCP's 192–223.
  if (payloadType >= 64 && payloadType < 96) return undefined;
  const [hasPadding, hasExtension] = [(packet[0]! & 0x20) !== 0, (packet[0]! & 0x10) !== 0];
  let start = 12 + (packet[0]! & 0x0f) * 4;
  if (hasExtension) {
    if (packet.length < start + 4) return undefined;
    start += 4 + packet.readUInt16BE(start + 2) * 4;
  }
  const end = packet.length - (hasPadding ? packet[packet.length - 1]! : 0);
  if (start > end) return undefined;
  return {
    payloadType,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(start, end),
  };
}
