import type { Figures } from '../../infra/cost/figures.ts';
import { sizingOf } from '../../infra/cost/sizing.ts';
import { type Morning, simulateMorning } from './morning.ts';
import { type Breaking, breakingOrder, rampEnd } from './ramp.ts';
import { resourcesOf } from './resources/all.ts';
import { asDelivered, sizedFor } from './resources/deployment.ts';
import { quantile } from './use.ts';

export const scales = [10, 1000, 10_000] as const;

/** What breaks first as delivered in two zones, and what the loss of one of them leaves. */
export function breakingTable(figures: Figures, seed: number): string[] {
  const order = (zones: number) =>
    breakingOrder(figures, resourcesOf(figures, asDelivered(figures, zones)), seed);
  const inOne = new Map(order(1).map(({ resource, at }) => [resource.name, at]));
  return [
    '| # | what | limit | calls | calls, a zone lost | what callers notice | remedy |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...order(2).map(({ resource, at }, index) =>
      breakingRow(index + 1, { resource, at }, inOne.get(resource.name)),
    ),
  ];
}

function breakingRow(place: number, { resource, at }: Breaking, inOne: number | undefined): string {
  const { name, limit, unit, effect, remedy } = resource;
  return `| ${place} | ${name} | ${number(limit)} ${unit} | ${calls(at)} | ${calls(inOne)} | ${effect} | ${remedy} |`;
}

const calls = (at: number | undefined) => (at === undefined ? `over ${number(rampEnd)}` : number(at));

/** Hosts, tasks and shards at each scale. */
export function sizingTable(figures: Figures): string[] {
  const sizes = scales.map((scale) => sizingOf(figures, scale));
  const row = (name: string, of: (sizing: (typeof sizes)[number]) => string) =>
    `| ${name} | ${sizes.map(of).join(' | ')} |`;
  return [
    `| concurrent calls | ${scales.map(number).join(' | ')} |`,
    '| --- | --- | --- | --- |',
    row('zones', ({ zones }) => String(zones)),
    row('edge hosts', ({ zones, edge }) => `${zones * edge.perZone} of ${edge.vcpus} vCPU`),
    row('LiveKit SIP', ({ zones, sip }) => `${zones * sip.perZone} of ${sip.vcpus} vCPU`),
    row('LiveKit Server', ({ zones, server }) => `${zones * server.perZone} of ${server.vcpus} vCPU`),
    row('agent tasks at the busiest', ({ agents }) => number(agents)),
    row('recorder tasks', ({ recorders }) => number(recorders)),
    row('shards of the call log (r7g.large)', ({ logShards }) => String(logShards)),
  ];
}

/** Monday morning at each scale, agents following the load and agents that stand before it. */
export function morningTables(figures: Figures, seed: number): string[] {
  const runs = scales.flatMap((scale) => {
    const deployment = sizedFor(figures, scale);
    const run = (leastTasks: number, losesZone: boolean) =>
      simulateMorning({ figures, deployment, calls: scale, seed, leastTasks, losesZone });
    const follow = figures.value('agent.leastTasks');
    return [
      { name: 'surge, agents follow', scale, morning: run(follow, false) },
      { name: 'surge, agents stand before it', scale, morning: run(deployment.agentTasks, false) },
      { name: 'the same, and a zone lost', scale, morning: run(deployment.agentTasks, true) },
    ];
  });
  return [
    '| calls | | came | most at once | refused | waited over 5 s | wait P50 / P99, s | gave up | cut off | take-overs without room | tasks, most |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...runs.map(({ name, scale, morning }) => outcomeRow(`${number(scale)} | ${name}`, morning)),
    '',
    ...usedTable(runs.filter(({ name }) => name.endsWith('zone lost')).map(({ morning }) => morning)),
  ];
}

function outcomeRow(name: string, { outcome, peak, mostTasks }: Morning): string {
  const { arrived, refused, waits, abandoned, cutOff, squeezed } = outcome;
  const all = [...refused.values()].reduce((sum, each) => sum + each, 0);
  const long = waits.filter((wait) => wait > 5).length;
  const share = (count: number) => `${((100 * count) / arrived).toFixed(1)} %`;
  const wait = `${quantile(waits, 0.5).toFixed(0)} / ${quantile(waits, 0.99).toFixed(0)}`;
  return `| ${name} | ${number(arrived)} | ${number(peak)} | ${share(all)} | ${share(long)} | ${wait} | ${share(abandoned)} | ${number(cutOff)} | ${number(squeezed)} | ${number(mostTasks)} |`;
}

/** P50 and P99 of what the morning with a lost zone used; in per cent of what hosts and tasks have, and absolute, to ask quotas by. */
function usedTable(mornings: readonly Morning[]): string[] {
  const names = [...mornings[0]!.used.keys()].filter((name) => !name.startsWith('rates.'));
  const cell = (morning: Morning, name: string) => {
    const { resource, p50, p99 } = morning.used.get(name)!;
    return `${number(p50)} / ${number(p99)} (${((100 * p99) / resource.limit).toFixed(0)} %)`;
  };
  return [
    `| used, P50 / P99 (of the limit) | unit | ${scales.map(number).join(' | ')} |`,
    '| --- | --- | --- | --- | --- |',
    ...names.map((name) => {
      const { unit } = mornings[0]!.used.get(name)!.resource;
      return `| ${name} | ${unit} | ${mornings.map((morning) => cell(morning, name)).join(' | ')} |`;
    }),
  ];
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}
