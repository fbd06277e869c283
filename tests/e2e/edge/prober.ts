import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

/**
 * Run in a host's namespace: prints `from to protocol port` of each address and port that answers. Arguments: own addresses, addresses, ports.
 */
const [own = '', addresses = '', ports = ''] = process.argv.slice(2).map((list) => list.split(','));
/** Silence is the usual answer, ms; several times as long as any of these networks takes. */
const patience = 800;
const atOnce = 500;

type Probe = () => Promise<string | undefined>;

const tcp =
  (from: string, to: string, port: number): Probe =>
  () =>
    new Promise((resolve) => {
      const socket = connect({ host: to, port, localAddress: from });
      const end = (found?: string) => {
        clearTimeout(timer);
        socket.destroy();
        resolve(found);
      };
      const timer = setTimeout(end, patience);
      socket.once('data', () => end(`${from} ${to} tcp ${port}`));
      socket.once('error', () => end());
    });

const udp =
  (from: string, to: string, port: number): Probe =>
  () =>
    new Promise((resolve) => {
      const socket = createSocket('udp4');
      const end = (found?: string) => {
        clearTimeout(timer);
        socket.close();
        resolve(found);
      };
      const timer = setTimeout(end, patience);
      socket.once('message', () => end(`${from} ${to} udp ${port}`));
      socket.once('error', () => end());
      // A send that the packet filter forbids is an error of its own.
      socket.bind(0, from, () => socket.send('?', port, to, (error) => error && end()));
    });

const probes = [...own].flatMap((from) =>
  [...addresses].flatMap((to) =>
    own.includes(to)
      ? []
      : [...ports].map(Number).flatMap((port) => [tcp(from, to, port), udp(from, to, port)]),
  ),
);
for (let begin = 0; begin < probes.length; begin += atOnce)
  for (const found of await Promise.all(probes.slice(begin, begin + atOnce).map((probe) => probe())))
    if (found !== undefined) process.stdout.write(`${found}\n`);
