import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Clock } from '@vestibule/core';
import type { Entry } from '@vestibule/record';
import type { CallWatch } from './call-watch.ts';
import { type FaultName, faults } from './faults.ts';
import { judge, type Result, type Strike } from './judge.ts';
import { LiveCall } from './live-call.ts';

export interface StrikerOptions {
  fault: FaultName;
  /** `pending`: strikes on calls that are not over. */
  isEnough: (pending: number) => boolean;
  /** Calls at one time. */
  lanes: number;
  random: () => number;
  watch: CallWatch;
  backend: { url: string; token: string };
  clock: Clock;
  onResult: (result: Result) => void;
}

/** What was killed must be back before the next strike, ms: the supervisor gives up on a part that ends too often. */
const restMs = 15_000;
/** A strike comes at any moment of so many ms after a call could be struck. */
const momentMs = 4000;
/** Calls begin so far apart, ms. */
const apartMs = 8000;

/** Keeps calls going, and strikes until there are results enough. A fault of a worker counts for every call that it held. */
export async function strikeUntil(options: StrikerOptions): Promise<void> {
  const { isEnough, lanes } = options;
  if (isEnough(0)) return;
  const live = new Set<LiveCall>();
  const stop = new AbortController();
  const calling = Promise.all(Array.from({ length: lanes }, (_, lane) => callOn(lane, live, options)));
  const striking = strikeOn(live, options, stop.signal);
  await Promise.race([calling, striking]);
  stop.abort();
  await calling;
  await striking;
}

async function callOn(lane: number, live: Set<LiveCall>, options: StrikerOptions): Promise<void> {
  const { watch, clock, isEnough, onResult } = options;
  const never = new AbortController();
  await clock.sleep(lane * apartMs);
  while (!isEnough(pendingIn(live))) {
    const call = new LiveCall(lane, watch, clock);
    live.add(call);
    const entries = await call.run(never.signal);
    for (const strike of call.strikes) onResult(await resultOf(options, strike, entries, call));
    live.delete(call);
  }
}

async function strikeOn(
  live: ReadonlySet<LiveCall>,
  options: StrikerOptions,
  stop: AbortSignal,
): Promise<void> {
  const { fault, clock, random, isEnough } = options;
  const { of, strike } = faults[fault];
  while (!stop.aborted) {
    await clock.sleep(200, stop);
    if (isEnough(pendingIn(live))) continue;
    const first = await firstStrikeable(live);
    if (first === undefined || stop.aborted) continue;
    await clock.sleep(random() * momentMs, stop);
    const worker = await first.strikeable();
    if (worker === undefined || stop.aborted) continue;
    const struck = of === 'worker' ? await heldBy(live, worker) : await allStrikeable(live);
    const at = clock.now();
    for (const call of struck) call.strikes.push({ fault, at });
    await strike(worker, clock);
    await clock.sleep(restMs, stop);
  }
}

const pendingIn = (live: ReadonlySet<LiveCall>) =>
  [...live].reduce((sum, { strikes }) => sum + strikes.length, 0);

async function firstStrikeable(live: ReadonlySet<LiveCall>): Promise<LiveCall | undefined> {
  for (const call of live) if ((await call.strikeable()) !== undefined) return call;
  return undefined;
}

async function allStrikeable(live: ReadonlySet<LiveCall>): Promise<LiveCall[]> {
  const workers = await Promise.all(
    [...live].map(async (call) => ({ call, worker: await call.strikeable() })),
  );
  return workers.filter(({ worker }) => worker !== undefined).map(({ call }) => call);
}

async function heldBy(live: ReadonlySet<LiveCall>, worker: number): Promise<LiveCall[]> {
  const workers = await Promise.all([...live].map(async (call) => ({ call, by: await call.strikeable() })));
  return workers.filter(({ by }) => by === worker).map(({ call }) => call);
}

async function resultOf(
  { backend, clock }: StrikerOptions,
  strike: Strike,
  entries: readonly Entry[],
  { spokeAt, strikes }: LiveCall,
): Promise<Result> {
  const next = strikes.find(({ at }) => at > strike.at);
  const judged = judge(strike, entries, spokeAt, next?.at);
  return {
    ...judged,
    repeated: await repeatedCases(backend, judged.callId),
    isVerified: await isVerified(judged.callId, clock),
  };
}

async function repeatedCases({ url, token }: StrikerOptions['backend'], callId: string): Promise<string[]> {
  const response = await fetch(`${url}/cases?callId=${callId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { cases } = (await response.json()) as { cases: { reason: string }[] };
  const reasons = cases.map(({ reason }) => reason);
  return reasons.filter((reason, index) => reasons.indexOf(reason) !== index);
}

const cli = join(import.meta.dirname, '../../apps/cli/src/main.ts');

/** As a compliance officer would ask; a call is sealed some seconds after its end. */
async function isVerified(callId: string, clock: Clock): Promise<boolean> {
  const verify = () =>
    new Promise<boolean>((resolve) =>
      execFile(process.execPath, [cli, 'record', 'verify', callId], (error) => resolve(error === null)),
    );
  for (let tries = 0; tries < 15; tries++) {
    if (await verify()) return true;
    await clock.sleep(2000);
  }
  return false;
}
