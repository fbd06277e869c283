import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { type Host, hostOf, hosts, lowerNetwork, namespaceOf, raiseNetwork } from '@vestibule/local-network';
import { flowMatrix } from '@vestibule/network';
import { listenEverywhere, reachable } from './reachable.ts';

/** What can reach what in the two domains, tried from each host to each other: exactly the flow matrix. Needs root. */

const matrix = flowMatrix();
/** Both ends of each range of the matrix, the ports around it, and some that nobody should have open. */
const ports = [
  ...new Set([
    ...matrix.flows.flatMap(({ here }) => (here ? [here.from - 1, here.from, here.to, here.to + 1] : [])),
    ...[22, 53, 80, 443, 6379, 8080],
  ]),
].filter((port) => port > 0 && port <= 65535);

let listeners: { stop: () => Promise<void> };
before(async () => {
  raiseNetwork();
  listeners = await listenEverywhere(ports);
});
after(async () => {
  await listeners.stop();
  lowerNetwork();
});

/** What the matrix says, for the ports that are tried. */
function wanted(): string[] {
  const found = matrix.flows.flatMap(({ from, to, protocol, here }) =>
    endsAt(from).flatMap((source) =>
      endsAt(to)
        .flatMap((target) => doors(source, target))
        .flatMap((door) =>
          ports
            .filter((port) => here !== undefined && port >= here.from && port <= here.to)
            .map((port) => `${source.address} ${door} ${protocol} ${port}`),
        ),
    ),
  );
  return [...new Set(found)].sort();
}

interface Place {
  host: Host;
  address: string;
}

const endsAt = (place: string): Place[] =>
  hosts.flatMap((host) =>
    host.ends.filter((end) => end.place === place).map(({ address }) => ({ host, address })),
  );

/** From outside an edge is known by its elastic address; a host speaks to itself without the network. */
function doors(source: Place, target: Place): string[] {
  if (source.host === target.host) return [];
  if (source.host.isOutside) return target.host.elasticIp === undefined ? [] : [target.host.elasticIp];
  return [target.address];
}

test('each host reaches what the flow matrix says, and nothing else', async () => {
  const found = await reachable(hosts, ports);
  assert.ok(found.length > 100, `${found.length} flows`);
  assert.deepEqual(found, wanted());
});

test('from the internet nothing answers at all', async () => {
  assert.deepEqual(await reachable([hostOf('internet')], ports), []);
});

test('a hole in one packet filter is found', async () => {
  const rule = 'nft add rule inet vestibule input ip saddr 10.80.11.20 tcp dport 22 accept';
  const out = 'nft add rule inet vestibule output tcp dport 22 accept';
  const inside = (host: string, command: string) =>
    assert.equal(spawnSync('ip', ['netns', 'exec', namespaceOf(host), ...command.split(' ')]).status, 0);
  inside('bus', rule);
  inside('agent', out);
  const before = wanted();
  const found = await reachable([hostOf('agent')], ports);
  assert.deepEqual(
    found.filter((flow) => !before.includes(flow)),
    ['10.80.11.20 10.80.21.10 tcp 22'],
  );
});
