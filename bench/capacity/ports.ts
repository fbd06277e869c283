import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NgClient, NgError } from '../../edge/control/ng/ng-client.ts';
import { textOf } from '../../edge/control/ng/bencode.ts';
import { endDaemon, startDaemon } from '../../edge/test/daemon.ts';

/**
 * `node bench/capacity/ports.ts`: how many ports of an interface a call takes in Debian's RTPEngine, and a copy of it. RTPEngine gets few
 * ports, and calls until they are used up.
 */
const [outer, inner, ng] = ['127.77.0.1', '127.77.0.2', 2299];
const ports = { from: 30_000, to: 30_119 };
const count = ports.to - ports.from + 1;

const folder = await mkdtemp(join(tmpdir(), 'ports-'));
try {
  const plain = await callsUntilFull(false);
  const copied = await callsUntilFull(true);
  const perCall = Math.round(count / plain);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`${count} ports: ${plain} calls, ${perCall} ports of each interface a call`);
  say(
    `${count} ports: ${copied} calls with a copy of both parties, ${Math.round(count / copied) - perCall} ports more`,
  );
} finally {
  await rm(folder, { recursive: true });
}

async function callsUntilFull(isCopied: boolean): Promise<number> {
  const rtpengine = await startDaemon(
    [
      'rtpengine',
      ...['--table=-1', '--foreground', '--log-stderr', '--log-level=3', '--endpoint-learning=off'],
      ...[`--interface=pub/${outer}`, `--interface=priv/${inner}`, `--listen-ng=${inner}:${ng}`],
      ...[`--port-min=${ports.from}`, `--port-max=${ports.to}`],
    ],
    join(folder, 'log'),
  );
  try {
    await sleep(1500);
    const client = await NgClient.open({ address: inner, port: ng });
    try {
      return await fill(client, isCopied);
    } finally {
      client.close();
    }
  } finally {
    await endDaemon(rtpengine);
  }
}

/** As Kamailio and edge/control ask. */
async function fill(client: NgClient, isCopied: boolean): Promise<number> {
  for (let calls = 0; calls <= count; calls++) {
    const call = { 'call-id': `call-${calls}` };
    const parties = { 'from-tag': 'carrier', flags: ['strict-source'], ICE: 'remove' };
    try {
      await client.ask('offer', {
        ...call,
        ...parties,
        sdp: sdp(20_000, 'sendrecv'),
        direction: ['pub', 'priv'],
      });
      await client.ask('answer', { ...call, ...parties, 'to-tag': 'livekit', sdp: sdp(22_000, 'sendrecv') });
      if (isCopied) await copy(client, call);
    } catch (error) {
      if (error instanceof NgError && error.code === 'ng-refused') return calls;
      throw error;
    }
  }
  throw new RangeError('the ports do not end');
}

async function copy(client: NgClient, call: { 'call-id': string }): Promise<void> {
  const offer = await client.ask('subscribe request', {
    ...{ ...call, 'from-tags': ['carrier', 'livekit'], interface: 'priv' },
    ...{ 'transport-protocol': 'RTP/AVP', ICE: 'remove' },
  });
  const answer = { ...call, 'to-tag': textOf(offer, 'to-tag') };
  await client.ask('subscribe answer', { ...answer, sdp: sdp(24_000, 'recvonly', 2) });
}

function sdp(port: number, direction: string, parties = 1): string {
  const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'];
  const media = Array.from({ length: parties }, (_, index) => [
    `m=audio ${port + 2 * index} RTP/AVP 0 101`,
    ...['a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000', `a=${direction}`],
  ]);
  return [...head, ...media.flat(), ''].join('\r\n');
}
