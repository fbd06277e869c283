import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Run in a host's namespace: answers with one byte at each of its addresses and ports, by TCP and UDP. Arguments: addresses, ports. */
const [addresses = '', ports = ''] = process.argv.slice(2);
const bound: Promise<void>[] = [];
for (const address of addresses.split(','))
  for (const port of ports.split(',').map(Number)) {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end('.');
    });
    bound.push(new Promise((resolve) => server.listen(port, address, resolve)));
    const socket = createSocket('udp4');
    socket.on('message', (_, from) => socket.send('.', from.port, from.address));
    bound.push(new Promise((resolve) => socket.bind(port, address, resolve)));
  }
await Promise.all(bound);
process.stdout.write('ready\n');
