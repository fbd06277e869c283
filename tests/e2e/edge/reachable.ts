import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addressesOf, type Host, hosts, namespaceOf } from '@vestibule/local-network';

const inside = (host: string, script: string, ...args: string[]): [string, string[]] => [
  'nsenter',
  [`--net=/run/netns/${namespaceOf(host)}`, process.execPath, join(import.meta.dirname, script), ...args],
];

/** Something that answers, on each host, at all `ports`. */
export async function listenEverywhere(ports: readonly number[]): Promise<{ stop: () => Promise<void> }> {
  const children = await Promise.all(
    hosts.map(async (host) => {
      const child = spawn(...inside(host.name, 'listener.ts', addressesOf(host).join(), ports.join()), {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      return child;
    }),
  );
  return { stop: async () => void (await Promise.all(children.map(end))) };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** What answers to whom: `from to protocol port`, with the hosts' own addresses, and elastic ones where they were asked. Sorted. */
export async function reachable(from: readonly Host[], ports: readonly number[]): Promise<string[]> {
  const elastic = hosts.flatMap(({ elasticIp }) => elasticIp ?? []);
  const everyone = [...hosts.flatMap(addressesOf), ...elastic].join();
  // Silence is what takes the time, so all wait at once.
  const found = await Promise.all(
    from.map(async (host) => {
      const probe = inside(host.name, 'prober.ts', addressesOf(host).join(), everyone, ports.join());
      const { stdout } = await promisify(execFile)(...probe);
      return stdout.split('\n').filter(Boolean);
    }),
  );
  return found.flat().sort();
}
