import { spawnSync } from 'node:child_process';
import { CodedError } from '@vestibule/core';
import { flowMatrix } from '@vestibule/network';
import { addressesOf, type Host, hosts, operatorAddress, routerAddress, vpc } from './hosts.ts';
import { hostRules, routerRules } from './rules.ts';

/** Namespaces of this machine's, by name: `vestibule-agent`. */
export const namespaceOf = (host: string): string => `vestibule-${host}`;

const router = namespaceOf('router');
/** The operator's end of its cable, in the machine's own namespace. */
const operatorLink = 'vestibule0';

export type NetworkErrorCode = 'no-network';

/** Tears down what an earlier run left, then builds routers, hosts, routes and packet filters. @throws CodedError `no-network` */
export function raiseNetwork(): void {
  lowerNetwork();
  const matrix = flowMatrix();
  addNamespace(router);
  inside(router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
  load(router, routerRules());
  connectOperator();
  for (const host of hosts) {
    addHost(host);
    if (!host.isOutside) load(namespaceOf(host.name), hostRules(host, matrix));
  }
}

/** Ends the network. What still runs in it keeps its namespace until it ends, cut off. */
export function lowerNetwork(): void {
  for (const name of [router, ...hosts.map((host) => namespaceOf(host.name))])
    spawnSync('ip', ['netns', 'delete', name], { stdio: 'ignore' });
  spawnSync('ip', ['link', 'delete', operatorLink], { stdio: 'ignore' });
}

function addNamespace(name: string): void {
  run('ip', 'netns', 'add', name);
  inside(name, 'ip', 'link', 'set', 'lo', 'up');
}

/** A cable of its own to the router. Inside the VPC a host knows no way but to the VPC; only who has an elastic address has one out. */
function addHost(host: Host): void {
  const { name, ends, elasticIp, isOutside } = host;
  const namespace = namespaceOf(name);
  addNamespace(namespace);
  const link = linkOf(name);
  const addresses = addressesOf(host);
  run('ip', 'link', 'add', 'eth0', 'netns', namespace, 'type', 'veth', 'peer', 'name', link, 'netns', router);
  for (const address of addresses) inside(namespace, 'ip', 'address', 'add', `${address}/32`, 'dev', 'eth0');
  inside(namespace, 'ip', 'link', 'set', 'eth0', 'up');
  attach(link, addresses);
  const via = ['via', routerAddress, 'dev', 'eth0', 'onlink'];
  // What an edge host sends into the VPC without saying from where, it sends from its inner address.
  const inner = ends.at(-1)?.address ?? '';
  inside(namespace, 'ip', 'route', 'add', vpc, ...via, 'src', inner);
  if (isOutside || elasticIp !== undefined) inside(namespace, 'ip', 'route', 'add', 'default', ...via);
}

/** The router's end. Its address is the same on each cable. */
function attach(link: string, addresses: readonly string[]): void {
  inside(router, 'ip', 'address', 'add', `${routerAddress}/32`, 'dev', link);
  inside(router, 'ip', 'link', 'set', link, 'up');
  for (const address of addresses) inside(router, 'ip', 'route', 'add', `${address}/32`, 'dev', link);
}

function connectOperator(): void {
  run('ip', 'link', 'add', operatorLink, 'type', 'veth', 'peer', 'name', 'operator', 'netns', router);
  run('ip', 'address', 'add', `${operatorAddress}/32`, 'dev', operatorLink);
  run('ip', 'link', 'set', operatorLink, 'up');
  attach('operator', [operatorAddress]);
  const source = ['src', operatorAddress];
  run('ip', 'route', 'add', vpc, 'via', routerAddress, 'dev', operatorLink, 'onlink', ...source);
}

/** Names of interfaces have 15 characters at most. */
const linkOf = (host: string) => `v-${host}`.slice(0, 15);

const inside = (namespace: string, ...command: string[]) => run('ip', 'netns', 'exec', namespace, ...command);

const load = (namespace: string, rules: string) =>
  void succeed(
    'nft',
    spawnSync('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], { input: rules, encoding: 'utf8' }),
  );

function run(program: string, ...args: string[]): void {
  succeed([program, ...args].join(' '), spawnSync(program, args, { encoding: 'utf8' }));
}

function succeed(what: string, { status, stderr, error }: ReturnType<typeof spawnSync>): void {
  if (status === 0) return;
  const reason = error?.message ?? String(stderr).trim();
  throw new CodedError<NetworkErrorCode>(
    'no-network',
    `NET=zones builds network namespaces, which failed (${what}: ${reason}). It needs root, iproute2 and nftables: run it as root after make setup, or without NET=zones`,
  );
}
