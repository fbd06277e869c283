import { createSocket, type Socket } from 'node:dgram';
import { CodedError } from '@vestibule/core';

/** An address on the wire. */
export interface Peer {
  address: string;
  port: number;
}

export type TelephonyErrorCode = 'address-in-use' | 'no-free-port' | 'malformed-sdp' | 'no-common-codec';

/**
 * A bound IPv4 UDP socket.
 * @throws CodedError `address-in-use` when the port is taken or the address is not this machine's.
 */
export async function bindUdp(address: string, port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (cause) => {
      socket.close();
      reject(
        new CodedError<TelephonyErrorCode>('address-in-use', `cannot bind UDP ${address}:${port}`, { cause }),
      );
    });
    socket.bind(port, address, resolve);
  });
  socket.removeAllListeners('error');
  // A destination that is gone shows as ICMP "port unreachable"; SIP timers and RTP time-outs speak for it.
  socket.on('error', () => undefined);
  return socket;
}

/** Whether something can be sent to this port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/**
 * Sends a datagram, or loses it: Node throws at once where the port or the address is none (a source port of 0, a
 * host name with a NUL), and what one peer writes must not end the calls of the others.
 */
export function sendUdp(socket: Socket, bytes: Uint8Array, { address, port }: Peer): void {
  try {
    socket.send(bytes, port, address);
  } catch {
    // As lost as any packet may be: SIP timers and RTP time-outs speak for it.
  }
}

export interface PortRange {
  from: number;
  to: number;
}

/**
 * A socket on an even port of the range (RFC 3550 §11), starting at a random one so that a port just left is not
 * met again by late packets. Port 0..0 takes any free port.
 * @throws CodedError `no-free-port` when all are taken.
 */
export async function bindInRange(address: string, range: PortRange, random: () => number): Promise<Socket> {
  if (range.to === 0) return bindUdp(address, 0);
  const first = range.from + (range.from % 2);
  const count = Math.floor((range.to - first) / 2) + 1;
  const start = Math.floor(random() * count);
  for (let i = 0; i < count; i++) {
    const port = first + 2 * ((start + i) % count);
    try {
      return await bindUdp(address, port);
    } catch {
      continue;
    }
  }
  throw new CodedError<TelephonyErrorCode>('no-free-port', `no free UDP port in ${range.from}-${range.to}`);
}
