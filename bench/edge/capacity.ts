import type { Addresses } from '../../edge/test/edge-host.ts';
import { cpuMs } from './load/cores.ts';
import { percentile } from './load/percentile.ts';
import { type LoadResult, runCalls, startCallee } from './load/sipp-load.ts';
import { measureStreams } from './load/streams.ts';
import { type LoadTarget, loadBare, loadVestibule } from './load/targets.ts';
import { heading, row } from './table.ts';

const loadBareStored = (addresses: Addresses) => loadBare(addresses, true);

/** What one core carries, beside the least configuration that would do the same. */
const slowest = 200;
const seconds = 6;
/** Each step is so much more than the one before. */
const step = 1.12;
const firstRate = 150;
/** In turn, so that a slow minute of the machine does not fall on one of them alone. */
const rounds = 3;
const concurrentCalls = 100;

interface Capacity {
  /** Calls a second, the most whose P99 set-up stays under `slowest` and of which none fails. */
  rate: number;
  /** Processor time of a call at `firstRate`, ms. */
  cpuPerCall: number;
  /** Processor time of a second of a stream (50 packets), ms. */
  cpuPerStream: number;
  lost: number;
}

export async function capacityTable(addresses: Addresses): Promise<void> {
  const all = new Map<string, Capacity[]>();
  for (let round = 0; round < rounds; round++)
    for (const start of [loadVestibule, loadBare, loadBareStored]) {
      const { name, ...measured } = await measure(() => start(addresses));
      all.set(name, [...(all.get(name) ?? []), measured]);
      process.stderr.write(`${name}: ${JSON.stringify(measured)}\n`);
    }
  heading(
    `One core for Kamailio and RTPEngine (no kernel module), the load on the other; median of ${rounds} rounds`,
    ...['', `calls a second with P99 set-up ≤ ${slowest} ms`, 'CPU of a call, ms'],
    ...['CPU of a stream, ms a second', 'streams a core at that', 'packets lost'],
  );
  const medians = [...all].map(([name, list]) => ({ name, ...medianOf(list) }));
  for (const { name, rate, cpuPerCall, cpuPerStream, lost } of medians)
    row(
      ...[name, rate, cpuPerCall.toFixed(2), cpuPerStream.toFixed(2)],
      ...[Math.floor(1000 / cpuPerStream), lost],
    );
  const [ours, ...others] = medians;
  for (const other of others)
    row(
      `ratio to ${other.name}`,
      (ours!.rate / other.rate).toFixed(2),
      (ours!.cpuPerCall / other.cpuPerCall).toFixed(2),
      (ours!.cpuPerStream / other.cpuPerStream).toFixed(2),
      (other.cpuPerStream / ours!.cpuPerStream).toFixed(2),
      '',
    );
}

function medianOf(list: readonly Capacity[]): Capacity {
  const median = (of: (one: Capacity) => number) => percentile(list.map(of), 0.5);
  return {
    rate: median(({ rate }) => rate),
    cpuPerCall: median(({ cpuPerCall }) => cpuPerCall),
    cpuPerStream: median(({ cpuPerStream }) => cpuPerStream),
    lost: list.reduce((sum, { lost }) => sum + lost, 0),
  };
}

/** A fresh one for each figure: what an overload leaves behind must not count twice. */
async function measure(start: () => Promise<LoadTarget>): Promise<Capacity & { name: string }> {
  const setUps = await onFresh(start, async (target) => {
    const callee = await startCallee(target.addresses.livekit[0]);
    return ramp(target).finally(() => callee.stop());
  });
  return onFresh(start, async (target) => {
    const idle = await measureStreams(target, 0, seconds);
    const { streams, sent, received, busyMs } = await measureStreams(target, concurrentCalls, seconds);
    const cpuPerStream = (busyMs - idle.busyMs) / streams;
    return { name: target.name, ...setUps, cpuPerStream, lost: sent - received };
  });
}

async function onFresh<Result>(
  start: () => Promise<LoadTarget>,
  use: (target: LoadTarget) => Promise<Result>,
): Promise<Result> {
  const target = await start();
  return use(target).finally(() => target.stop());
}

async function ramp(target: LoadTarget): Promise<{ rate: number; cpuPerCall: number }> {
  const calls = (rate: number) =>
    runCalls(target.addresses.carrier, target.door, { rate, calls: rate * seconds, holdMs: 500 });
  await calls(firstRate); // warm
  const before = await cpuMs(target.pids);
  let result = await calls(firstRate);
  const cpuPerCall = ((await cpuMs(target.pids)) - before) / (firstRate * seconds);
  let best = 0;
  for (let rate = firstRate; isFine(result); rate = Math.ceil(rate * step)) {
    best = rate;
    result = await calls(Math.ceil(rate * step));
  }
  return { rate: best, cpuPerCall };
}

const isFine = ({ setupMs, failed }: LoadResult) => failed === 0 && percentile(setupMs, 0.99) <= slowest;
