import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endDaemon, startDaemon } from '../../test/daemon.ts';
import { livekitPort } from '../../test/edge-host.ts';
import { headerOf } from '../../test/sip-peer.ts';
import { until } from '../../test/until.ts';
import { RawPeer } from '../raw-peer.ts';
import { Inward } from './inward.ts';
import { processesWith } from './processes.ts';
import type { Target, TargetOptions } from './target.ts';

/** `/etc/kamailio/kamailio.cfg` as Debian 12's package brings it. */
const script = '/etc/kamailio/kamailio.cfg';

/**
 * The default configuration, untouched: where it listens, its domains and the switch for its anti-flood part are given on the command line.
 * Calls reach the listener the way that it knows: by a registration.
 */
export async function startDebianDefault(
  { addresses, users = [], domains = [] }: TargetOptions,
  antiFlood = false,
): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-default-'));
  const log = join(folder, 'kamailio.log');
  const inward = await Inward.open(addresses.livekit[0], livekitPort);
  const child = await startDaemon(
    [
      '/usr/sbin/kamailio',
      ...['-f', script, '-DD', '-E', '-Y', folder, '-m', '256', '-M', '8'],
      ...['udp', 'tcp'].flatMap((transport) => ['-l', `${transport}:${addresses.edgePublic}:5060`]),
      ...domains.map((domain) => `--alias=${domain}`),
      ...(antiFlood ? ['-A', 'WITH_ANTIFLOOD'] : []),
    ],
    log,
  );
  await register(addresses.edgePublic, inward, ['+15550100100', ...users]);
  return {
    name: antiFlood ? 'default with anti-flood' : 'default',
    addresses,
    writesDecision: false,
    inward,
    processes: () => processesWith(folder),
    log: () => readFile(log, 'latin1'),
    stop: async () => {
      await endDaemon(child);
      inward.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function register(edge: string, inward: Inward, users: readonly string[]): Promise<void> {
  const { address, port } = inward.peer;
  const peer = await RawPeer.open(address);
  for (const [index, user] of users.entries()) {
    const request = [
      `REGISTER sip:${edge} SIP/2.0`,
      `Via: SIP/2.0/UDP ${address}:${peer.port};branch=z9hG4bKregister${index};rport`,
      'Max-Forwards: 9',
      `From: <sip:${user}@${edge}>;tag=r${index}`,
      `To: <sip:${user}@${edge}>`,
      `Call-ID: register-${index}`,
      `CSeq: 1 REGISTER`,
      `Contact: <sip:${user}@${address}:${port}>;expires=3600`,
      ...['Content-Length: 0', '', ''],
    ].join('\r\n');
    let sent = -Infinity;
    await until(`${user} is registered`, () => {
      if (performance.now() - sent > 300) {
        peer.send(Buffer.from(request, 'latin1'), edge);
        sent = performance.now();
      }
      return peer.received.some((answer) => isOk(answer.toString('latin1'), `register-${index}`));
    });
  }
  peer.close();
}

const isOk = (answer: string, callId: string) =>
  answer.startsWith('SIP/2.0 200') && headerOf(answer, 'Call-ID') === callId;
