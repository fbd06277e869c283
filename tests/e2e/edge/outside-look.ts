import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

/**
 * Run in the internet's namespace: knocks at every TCP port of each address, and sends SIP, STUN, RTP and NG to the ports that the edge
 * has open for its carrier. Prints what answers, a line each. Arguments: addresses.
 */
const addresses = process.argv.slice(2);
const patience = 700;
const atOnce = 4000;

const options = (address: string) =>
  `OPTIONS sip:${address} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.66:5060;branch=z9hG4bKlook;rport\r\nMax-Forwards: 70\r\nFrom: <sip:x@192.0.2.66>;tag=1\r\nTo: <sip:${address}>\r\nCall-ID: look\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`;
const stun = '\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl';
const rtp = `\x80\x00\x00\x01\x00\x00\x00\xa0\x5e\xed\x00\x00${'x'.repeat(160)}`;
const ng = 'look d7:command4:pinge';

function knock(address: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (found?: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    const timer = setTimeout(end, patience);
    socket.once('connect', () => end(`${address} tcp ${port}: takes a connection`));
    // A refusal is an answer as well.
    socket.once('error', ({ message }) =>
      end(message.includes('ECONNREFUSED') ? `${address} tcp ${port}: refuses` : undefined),
    );
  });
}

async function askByUdp(): Promise<string[]> {
  const answers: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { address, port }) =>
    answers.push(`${address} udp ${port}: ${message.length} bytes`),
  );
  socket.on('error', () => undefined);
  for (const address of addresses) {
    socket.send(options(address), 5060, address);
    socket.send(ng, 2223, address);
    for (let port = 10000; port <= 20000; port += 2)
      for (const text of [stun, rtp]) socket.send(Buffer.from(text, 'latin1'), port, address);
  }
  await new Promise((resolve) => setTimeout(resolve, 2000));
  socket.close();
  return answers;
}

const found = await askByUdp();
for (const address of addresses)
  for (let begin = 1; begin <= 65535; begin += atOnce) {
    const ports = Array.from({ length: Math.min(atOnce, 65536 - begin) }, (_, index) => begin + index);
    for (const answer of await Promise.all(ports.map((port) => knock(address, port))))
      if (answer !== undefined) found.push(answer);
  }
process.stdout.write(found.map((line) => `${line}\n`).join(''));
