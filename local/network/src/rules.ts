import type { Flow, FlowMatrix, Ports } from '@vestibule/network';
import { type Host, hosts, operatorAddress, vpc } from './hosts.ts';

/**
 * The packet filters as nft(8) reads them. A host has what its security group would say, made from the flow matrix; the router has what
 * the internet gateway does: elastic addresses, and no way in or out for anybody else.
 */
export function hostRules({ ends }: Host, matrix: FlowMatrix): string {
  const inward = ends.flatMap((end) =>
    matrix.flows
      .filter(({ to }) => to === end.place)
      .flatMap((flow) => accept({ from: addressesOf(flow.from), to: end.address, flow })),
  );
  const outward = ends.flatMap((end) =>
    matrix.flows
      .filter(({ from }) => from === end.place)
      .flatMap((flow) => accept({ from: end.address, to: addressesOf(flow.to), flow })),
  );
  return table('inet vestibule', [
    chain('input', 'filter', 'drop', [...always('iif'), `ip saddr ${operatorAddress} accept`, ...inward]),
    chain('output', 'filter', 'drop', [...always('oif'), ...outward]),
    chain('forward', 'filter', 'drop', []),
  ]);
}

const always = (interfaceIs: 'iif' | 'oif') => [
  'ct state established,related accept',
  `${interfaceIs} lo accept`,
];

export function routerRules(): string {
  const elastic = hosts.flatMap(({ elasticIp, ends: [{ address: own }] }) =>
    elasticIp ? [{ elasticIp, own }] : [],
  );
  return [
    table('ip vestibule_nat', [
      chain(
        'prerouting',
        'nat',
        'accept',
        elastic.map(({ elasticIp, own }) => `ip daddr ${elasticIp} dnat to ${own}`),
      ),
      chain(
        'postrouting',
        'nat',
        'accept',
        elastic.map(({ elasticIp, own }) => `ip saddr ${own} ip daddr != ${vpc} snat to ${elasticIp}`),
      ),
    ]),
    table('inet vestibule', [
      chain('forward', 'filter', 'drop', [
        'ct state established,related accept',
        `ip saddr ${vpc} ip daddr ${vpc} accept`,
        'ct status dnat accept',
        ...elastic.map(({ own }) => `ip saddr ${own} ip daddr != ${vpc} accept`),
      ]),
    ]),
  ].join('');
}

function accept({ from, to, flow }: { from: string; to: string; flow: Flow }): string[] {
  const { protocol, here, why } = flow;
  if (here === undefined) return [];
  const what = `${flow.from} to ${flow.to}: ${why}`;
  return [`ip saddr ${from} ip daddr ${to} ${protocol} dport ${range(here)} accept # ${what}`];
}

function addressesOf(place: string): string {
  const ends = hosts.flatMap((host) => host.ends).filter((end) => end.place === place);
  return `{ ${ends.map(({ address }) => address).join(', ')} }`;
}

const range = ({ from, to }: Ports) => (from === to ? String(from) : `${from}-${to}`);

const hooks = { filter: 0, nat: -100 } as const;

function chain(
  hook: string,
  type: keyof typeof hooks,
  policy: 'accept' | 'drop',
  rules: readonly string[],
): string {
  const priority = hook === 'postrouting' ? 100 : hooks[type];
  const lines = [`type ${type} hook ${hook} priority ${priority}; policy ${policy};`, ...rules];
  return `  chain ${hook} {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
}

const table = (name: string, chains: readonly string[]) => `table ${name} {\n${chains.join('')}}\n`;
