import type { Figures } from './figures.ts';

/** Hosts of one kind, the same number in each zone. */
export interface Hosts {
  perZone: number;
  vcpus: number;
}

/** What so many concurrent calls take, the loss of one zone included. */
export interface Sizing {
  zones: number;
  edge: Hosts;
  server: Hosts;
  sip: Hosts;
  /** Tasks at the busiest. */
  agents: number;
  recorders: number;
  mcp: number;
  /** Shards of the call log, a node in each zone. */
  logShards: number;
  searchNodes: number;
}

/** Of what a host has, so much is used when a zone is lost. */
const fill = 0.7;
/** vCPUs of the largest host that is worth having: a dead one takes its calls along. */
const largest = 16;

/** Two zones carry a small deployment; three lose less by the death of one. */
export const zonesFor = (calls: number) => (calls > 100 ? 3 : 2);

/** @param calls concurrent, at the busiest. */
export function sizingOf(figures: Figures, calls: number, zones = zonesFor(calls)): Sizing {
  const value = (name: string) => figures.value(name);
  const perZone = calls / (zones - 1);
  return {
    zones,
    edge: hosts(perZone, edgeCoresPerCall(figures), 1, recordedCallsPerEdge(figures)),
    server: hosts(perZone, 1 / value('livekit.callsPerCore'), 1, Infinity, value('livekit.serverVcpus')),
    sip: hosts(
      perZone,
      1 / value('livekit.sipCallsPerCore'),
      value('livekit.sipHostsPerZone'),
      value('livekit.sipPorts'),
    ),
    agents: Math.max(value('agent.leastTasks'), agentTasks(figures, calls)),
    recorders: Math.max(
      2,
      Math.ceil((calls * value('traffic.recordedShare')) / (value('recorder.callsPerTask') * fill)),
    ),
    mcp: Math.max(2, Math.ceil(calls / 1000)),
    logShards: logShards(figures, calls),
    searchNodes:
      Math.ceil(Math.max(1, arrivals(figures, calls) / (value('quota.openSearchDocuments') * fill))) * zones,
  };
}

/** New calls a second that keep `calls` up. */
export const arrivals = (figures: Figures, calls: number) => calls / figures.value('call.seconds');

export const agentTasks = (figures: Figures, calls: number) =>
  Math.ceil(calls / (figures.value('agent.callsPerTask') * figures.value('agent.targetLoad')));

/** Cores of an edge host that one call takes: two streams, two copies of them when it is recorded, and its set-up. */
export function edgeCoresPerCall(figures: Figures): number {
  const value = (name: string) => figures.value(name);
  const streams = 2 * value('edge.srtpFactor') + 2 * value('traffic.recordedShare');
  return (streams * value('edge.streamMs') + value('edge.setUpMs') / value('call.seconds')) / 1000;
}

/** RTPEngine's own limit on one edge host. */
export const maxSessions = (figures: Figures): number =>
  figures.value(figures.value('traffic.recordedShare') > 0 ? 'edge.maxSessionsRecorded' : 'edge.maxSessions');

/** By ports: each call and each copy has its own on the private interface, as long as the call lasts. */
export function recordedCallsPerEdge(figures: Figures): number {
  const value = (name: string) => figures.value(name);
  const ports = value('edge.portsPerCall') + value('traffic.recordedShare') * value('edge.portsPerCopy');
  return Math.min(maxSessions(figures), Math.floor(value('edge.ports') / ports));
}

/** Commands a second of one call on the call log. */
export function logCommandsPerCall(figures: Figures): number {
  const value = (name: string) => figures.value(name);
  const audio = value('traffic.recordedShare') * value('call.audioEntriesPerMinute');
  return (value('call.entriesPerMinute') + audio) / 60 + value('call.leaseCommandsPerSecond');
}

/** Gigabytes of the call log: what is live, and what was sealed in the last hours. */
export function logGigabytes(figures: Figures, calls: number): number {
  const value = (name: string) => figures.value(name);
  const sealed = callsWithin(figures, calls, value('call.graceHours')) * value('traffic.recordedShare');
  const log = value('call.logKilobytes') * value('call.logOverhead');
  const audio =
    value('call.audioKilobytesPerSecond') * (value('call.seconds') / 2) * value('traffic.recordedShare');
  return ((sealed + calls) * log + calls * audio) / 1e6;
}

/** Calls of the last hours, on a day whose busy hour is as busy throughout. */
function callsWithin(figures: Figures, calls: number, hours: number): number {
  const day = (arrivals(figures, calls) * 3600) / figures.value('traffic.busyHourShare');
  return Math.min(day, arrivals(figures, calls) * 3600 * hours);
}

function logShards(figures: Figures, calls: number): number {
  const byCommands = (calls * logCommandsPerCall(figures)) / figures.value('store.commandsPerShard');
  const byMemory = logGigabytes(figures, calls) / figures.value('store.shardGigabytes');
  return Math.max(figures.value('store.shards'), Math.ceil(Math.max(byCommands, byMemory) / fill));
}

/** As few hosts as `calls` of a zone allow, each of a size that exists: 2, 4, 8 or 16 vCPUs. */
function hosts(calls: number, coresPerCall: number, least: number, mostCalls: number, leastVcpus = 2): Hosts {
  const cores = (calls * coresPerCall) / fill;
  const perZone = Math.max(least, Math.ceil(cores / largest), Math.ceil(calls / mostCalls));
  const vcpus = 2 ** Math.ceil(Math.log2(Math.max(leastVcpus, cores / perZone)));
  return { perZone, vcpus };
}
