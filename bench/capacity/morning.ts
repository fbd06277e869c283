import type { Figures } from '../../infra/cost/figures.ts';
import { edgeCoresPerCall, recordedCallsPerEdge } from '../../infra/cost/sizing.ts';
import { Fleet } from './fleet.ts';
import { callLength, morningSeconds, morningShare, zoneLostAt, zoneLostSeconds } from './monday.ts';
import { Random } from './random.ts';
import { resourcesOf } from './resources/all.ts';
import type { Deployment } from './resources/deployment.ts';
import type { Resource } from './resources/resource.ts';
import { type Outcome, type Places, simulate } from './simulate.ts';
import { quantile, useOf } from './use.ts';

export interface Morning {
  outcome: Outcome;
  /** Most calls at one time. */
  peak: number;
  mostTasks: number;
  /** By resource: what was used, each second; in its own unit. */
  used: Map<string, { resource: Resource; p50: number; p99: number }>;
}

export interface MorningOptions {
  figures: Figures;
  deployment: Deployment;
  /** Concurrent calls at the busiest. */
  calls: number;
  seed: number;
  /** Agents that stand before anybody calls. */
  leastTasks: number;
  losesZone: boolean;
}

/** Monday's surge at 8:00, and a zone lost from 8:30 to 9:00. */
export function simulateMorning({
  figures,
  deployment,
  calls,
  seed,
  leastTasks,
  losesZone,
}: MorningOptions): Morning {
  const value = (name: string) => figures.value(name);
  const random = new Random(seed + 1);
  const resources = resourcesOf(figures, deployment);
  const used = new Map(resources.map((resource) => [resource, [] as number[]]));
  const peakRate = calls / value('call.seconds');
  let [peak, mostTasks] = [0, 0];
  const outcome = simulate({
    ...{ seed, seconds: morningSeconds, zones: deployment.zones, peakRate },
    rate: (at) => peakRate * morningShare(at),
    length: callLength(figures),
    places: placesOf(figures, deployment),
    fleet: fleetOf(figures, deployment, leastTasks),
    patienceSeconds: value('traffic.patienceSeconds'),
    metricSeconds: value('agent.metricSeconds'),
    ...(losesZone ? { lostZone: lostZone(figures) } : {}),
    onSecond: (now) => {
      peak = Math.max(peak, now.held + now.waiting);
      mostTasks = Math.max(mostTasks, now.tasks);
      for (const resource of resources) used.get(resource)!.push(useOf(resource, now, random));
    },
  });
  return {
    ...{ outcome, peak, mostTasks },
    used: new Map(
      [...used].map(([resource, values]) => [
        resource.name,
        { resource, p50: quantile(values, 0.5), p99: quantile(values, 0.99) },
      ]),
    ),
  };
}

/** What a zone has for calls: each of these alone refuses one more. */
function placesOf(figures: Figures, { edges, sip }: Deployment): Places[] {
  const edge = Math.min(recordedCallsPerEdge(figures), Math.floor(edges.vcpus / edgeCoresPerCall(figures)));
  const sipCalls = Math.floor(sip.vcpus * figures.value('livekit.sipCallsPerCore'));
  return [
    { name: 'edge', perZone: edges.perZone * edge },
    { name: 'LiveKit SIP', perZone: sip.perZone * sipCalls },
  ];
}

function fleetOf(figures: Figures, { agentTasks }: Deployment, least: number): Fleet {
  const value = (name: string) => figures.value(name);
  return new Fleet({
    ...{
      callsPerTask: value('agent.callsPerTask'),
      least,
      most: agentTasks,
      targetLoad: value('agent.targetLoad'),
    },
    ...{ startSeconds: value('agent.startSeconds'), launchesPerSecond: value('agent.launchesPerSecond') },
    patienceSeconds: 300,
  });
}

const lostZone = (figures: Figures) => ({
  ...{ at: zoneLostAt, seconds: zoneLostSeconds },
  redialShare: figures.value('traffic.redialShare'),
  redialSeconds: figures.value('traffic.redialSeconds'),
});
