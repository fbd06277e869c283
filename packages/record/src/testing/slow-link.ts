import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SlowLink {
  port: number;
  /** What clients send after `pieces` more stays on its way; what is on its way arrives even when its sender has gone. */
  hold(pieces: number): void;
  /** What is on its way. */
  held(): string;
  /** Everything arrives, in order. */
  release(): void;
  stop(): Promise<void>;
}

/** A network between clients and the server at `port` of this machine, as the tests want it. */
export async function slowLink(port: number): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  let waiting: { to: Socket; piece: Buffer }[] = [];
  let passing = Infinity;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.on('data', (piece: Buffer) => {
      if (passing-- > 0) far.write(piece);
      else waiting.push({ to: far, piece });
    });
    far.on('data', (piece: Buffer) => near.write(piece));
    far.on('close', () => near.destroy());
    near.on('close', () => passing === Infinity && far.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hold: (pieces) => void (passing = pieces),
    held: () => waiting.map(({ piece }) => piece.toString()).join(''),
    release: () => {
      passing = Infinity;
      for (const { to, piece } of waiting) to.write(piece);
      waiting = [];
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
