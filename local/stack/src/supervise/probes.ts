import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { Endpoint } from '../ports.ts';
import type { Probe } from './part.ts';

/** Longest a single attempt may take, ms. */
const attemptLimit = 1000;

/** True on any 2xx. */
export function answersHttp(url: string): Probe {
  return async (signal) => {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(attemptLimit)]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  };
}

/** True when it takes a connection. */
export function acceptsTcp({ host, port }: Endpoint): Probe {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: attemptLimit });
      const end = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
      socket.once('timeout', () => end(false));
    });
}

/** Redis: PONG to an inline PING, which it gives only after its data is loaded. */
export function answersRedis({ host, port }: Endpoint): Probe {
  return () =>
    new Promise((resolve) => {
      const socket = connect({ host, port, timeout: attemptLimit }, () => socket.write('PING\r\n'));
      const end = (answer: boolean) => {
        socket.destroy();
        resolve(answer);
      };
      socket.once('data', (data) => end(data.toString('latin1').startsWith('+PONG')));
      socket.once('error', () => end(false));
      socket.once('timeout', () => end(false));
    });
}

/** True when what `request` makes, anew for each attempt, is sent by UDP and answered by something that `accepts` likes. */
export function answersUdp(
  { host, port }: Endpoint,
  request: () => string,
  accepts: (answer: string) => boolean,
): Probe {
  return () =>
    new Promise((resolve) => {
      const socket = createSocket('udp4');
      const timer = setTimeout(() => end(false), attemptLimit);
      const end = (answer: boolean) => {
        clearTimeout(timer);
        socket.close();
        resolve(answer);
      };
      socket.once('message', (message) => end(accepts(message.toString('latin1'))));
      socket.once('error', () => end(false));
      socket.connect(port, host, () => socket.send(request()));
    });
}
