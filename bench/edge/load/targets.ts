import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRtpengineUp } from '@vestibule/edge-config';
import { endDaemon, startDaemon } from '../../../edge/test/daemon.ts';
import { type Addresses, startEdge } from '../../../edge/test/edge-host.ts';
import { until } from '../../../edge/test/until.ts';
import { startDebianDefault } from '../../../edge/torture/target/debian-default.ts';
import { attackedConfig } from '../../../edge/torture/target/vestibule.ts';
import { measuredCore, pidOf, pidsWith, pin } from './cores.ts';

/** A Kamailio with its RTPEngine on a core of their own; LiveKit SIP's place behind them is free. */
export interface LoadTarget {
  name: string;
  /** Where the carrier calls. */
  door: string;
  addresses: Addresses;
  /** Kamailio's and RTPEngine's processes. */
  pids: readonly number[];
  stop(): Promise<void>;
}

/** Ours, on rendered files. Its Redis is on the other core: in a deployment it is on another machine. */
export async function loadVestibule(addresses: Addresses): Promise<LoadTarget> {
  const edge = await startEdge(attackedConfig(addresses), { probe: 3600 });
  const redis = await pidsWith(`--dir ${edge.paths.files}`.replace(' ', '\0'));
  const pids = (await pidsWith(edge.paths.files)).filter((pid) => !redis.includes(pid));
  await pin(pids, measuredCore);
  return { name: 'Vestibule', door: addresses.edgePublic, addresses, pids, stop: () => edge.stop() };
}

/** bare.cfg, with RTPEngine as its defaults have it. @param isStored with its calls in a Redis, so that they would survive its death. */
export async function loadBare(addresses: Addresses, isStored = false): Promise<LoadTarget> {
  const { edgePublic, edgePrivate, livekit } = addresses;
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-bare-'));
  const script = join(folder, 'bare.cfg');
  const template = await readFile(new URL('bare.cfg', import.meta.url), 'utf8');
  await writeFile(
    script,
    template
      .replaceAll('PUBLIC', edgePublic)
      .replaceAll('PRIVATE', edgePrivate)
      .replaceAll('LIVEKIT', livekit[0]),
  );
  const log = join(folder, 'log');
  const store = `${edgePrivate}:6392`;
  const redis = isStored
    ? [
        await startDaemon(
          ['/usr/bin/redis-server', '--bind', edgePrivate, '--port', '6392', '--save', ''],
          log,
        ),
      ]
    : [];
  const rtpengine = await startDaemon(
    [
      '/usr/bin/rtpengine',
      ...['--foreground', '--log-stderr', '--log-level=5', '--table=-1', `--pidfile=${folder}/rtpengine.pid`],
      ...[
        `--interface=pub/${edgePublic}`,
        `--interface=priv/${edgePrivate}`,
        `--listen-ng=${edgePrivate}:2223`,
      ],
      ...['--port-min=10000', '--port-max=20000', '--config-file=none'],
      ...(isStored ? [`--redis=${store}/0`, '--no-redis-required'] : []),
    ],
    log,
  );
  // Kamailio takes one that is not there yet for dead, and calls would go past it.
  await until('RTPEngine answers', () => isRtpengineUp(attackedConfig(addresses)));
  const kamailio = await startDaemon(
    ['/usr/sbin/kamailio', ...['-f', script, '-DD', '-E', '-Y', folder, '-m', '256', '-M', '8']],
    log,
  );
  await until('Kamailio has its workers', async () => (await pidsWith(script)).length > 16);
  const pids = await pidsWith(folder);
  await pin(pids, measuredCore);
  return {
    name: isStored ? 'bare, calls in Redis' : 'bare',
    door: edgePublic,
    addresses,
    pids,
    stop: async () => {
      await Promise.all([kamailio, rtpengine, ...redis].map((child) => endDaemon(child)));
      await rm(folder, { recursive: true });
    },
  };
}

/** Kamailio's default configuration, without and with its anti-flood; calls reach LiveKit SIP's place by a registration. */
export async function loadDefault(addresses: Addresses, antiFlood: boolean): Promise<LoadTarget> {
  const target = await startDebianDefault({ addresses }, antiFlood);
  target.inward.close();
  const pids = (await target.processes()).map(pidOf);
  await pin(pids, measuredCore);
  return { name: target.name, door: addresses.edgePublic, addresses, pids, stop: () => target.stop() };
}
