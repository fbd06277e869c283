import { createServer as createHttp1, type Server as Http1Server } from 'node:http';
import { createSecureServer, createServer as createHttp2, type Http2Server } from 'node:http2';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Exchange } from './exchange.ts';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Listener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A client that opens a connection and says nothing is let go after this long. */
const firstByteMs = 30_000;
const http2Preface = 'PRI';
const tlsHandshake = 0x16;

/**
 * One port for HTTP/1.1, h2c with prior knowledge (its preface begins `PRI`) and, with a certificate, TLS with ALPN
 * for both: the first bytes of a connection tell which.
 */
export async function listen(
  address: { host: string; port: number },
  handle: (exchange: Exchange) => void,
  certificate?: Certificate,
): Promise<Listener> {
  const http1 = createHttp1({ requestTimeout: 0 }, (request, response) =>
    handle(new Exchange(request, response)),
  );
  const http2 = createHttp2((request, response) => handle(new Exchange(request, response)));
  const tls = certificate
    ? createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) =>
        handle(new Exchange(request, response)),
      )
    : undefined;
  for (const server of [http2, tls]) {
    server?.on('sessionError', () => undefined);
    server?.on('session', (session) => session.on('error', () => undefined));
  }
  http1.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  const sockets = new Set<Socket>();
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    peek(socket, (first) => {
      if (first[0] === tlsHandshake && tls) tls.emit('connection', socket);
      else if (first.subarray(0, 3).toString('latin1') === http2Preface) http2.emit('connection', socket);
      else http1.emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject);
    front.listen(address.port, address.host, resolve);
  });
  return {
    host: address.host,
    port: (front.address() as AddressInfo).port,
    close: () => closeAll(front, [http1, http2], sockets),
  };
}

/** Calls back with the first bytes of a connection, which stay readable for whoever takes it over. */
function peek(socket: Socket, use: (first: Buffer) => void): void {
  const timer = setTimeout(() => socket.destroy(), firstByteMs);
  socket.once('close', () => clearTimeout(timer));
  const look = () => {
    const first = socket.read() as Buffer | null;
    if (first === null) {
      if (!socket.readableEnded) socket.once('readable', look);
      return;
    }
    clearTimeout(timer);
    socket.unshift(first);
    use(first);
  };
  socket.once('readable', look);
}

async function closeAll(
  front: Server,
  inner: (Http1Server | Http2Server)[],
  sockets: Set<Socket>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => front.close(() => resolve()));
  for (const server of inner) server.close();
  for (const socket of sockets) socket.destroy();
  await closed;
}
