import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { CodedError } from '@vestibule/core';
import { type Leg, legs, type Place } from '../edge/control-client.ts';
import { parseRtp, type RtpPacket } from './packet.ts';

/** Where RTP may be received. */
export interface RtpListen {
  host: string;
  from: number;
  to: number;
}

/** A socket for each leg of one call. Takes RTP from the edge's forks alone, once it is known where they come from. */
export class RtpReceiver {
  readonly #sockets: Record<Leg, Socket>;
  #from: Partial<Record<Leg, Place>> = {};
  onPacket: (leg: Leg, packet: RtpPacket) => void = () => {};

  private constructor(sockets: Record<Leg, Socket>) {
    this.#sockets = sockets;
    for (const leg of legs)
      sockets[leg].on('message', (data, { address, port }) => {
        const expected = this.#from[leg];
        if (expected?.host !== address || expected.port !== port) return;
        const packet = parseRtp(data);
        if (packet) this.onPacket(leg, packet);
      });
  }

  /** @throws CodedError `no-port` when the range is used up. */
  static async open(listen: RtpListen): Promise<RtpReceiver> {
    const caller = await openSocket(listen);
    try {
      return new RtpReceiver({ caller, agent: await openSocket(listen) });
    } catch (error) {
      caller.close();
      throw error;
    }
  }

  get places(): Record<Leg, Place> {
    const placeOf = (leg: Leg): Place => {
      const { address: host, port } = this.#sockets[leg].address();
      return { host, port };
    };
    return { caller: placeOf('caller'), agent: placeOf('agent') };
  }

  expect(from: Record<Leg, Place>): void {
    this.#from = from;
  }

  close(): void {
    for (const leg of legs) this.#sockets[leg].close();
  }
}

let turn = 0;

/** Even ports in turn, so that one that was just freed is not the next one taken: late packets of another call may still come there. */
async function openSocket({ host, from, to }: RtpListen): Promise<Socket> {
  const first = from + (from % 2);
  const count = Math.floor((to - first) / 2) + 1;
  for (let attempt = 0; attempt < count; attempt++) {
    const port = first + 2 * (turn++ % count);
    const socket = createSocket({ type: 'udp4', recvBufferSize: 262_144 });
    socket.bind(port, host);
    try {
      await once(socket, 'listening');
      // What the network says of a socket that only listens is of no use.
      socket.on('error', () => {});
      return socket;
    } catch (error) {
      socket.close();
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new CodedError('no-port', `no free port for RTP in ${from}-${to}`);
}
