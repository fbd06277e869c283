import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '@vestibule/core';
import type { TimedEvent } from '@vestibule/local-carrier';
import { type Entry, payloadOf } from '@vestibule/record';
import { answersBefore, type CallWatch } from './call-watch.ts';
import { type FaultName, isWorkerFault, strike } from './faults.ts';

export interface RunResult {
  fault: FaultName;
  callId: string;
  /** ms from the fault; undefined when it never came. */
  heardAgainMs?: number;
  claimedMs?: number;
  outcome: string;
  answersBefore: number;
  lost: string[];
  repeated: string[];
}

export interface RunOptions {
  fault: FaultName;
  persona: string;
  /** Strikes after so many answers, and so many ms. */
  after: { answers: number; ms: number };
  watch: CallWatch;
  backend: { url: string; token: string };
  clock: Clock;
}

const carrier = join(import.meta.dirname, '../../local/carrier/src/main.ts');

/** One call with one fault in it. */
export async function runWithFault(options: RunOptions): Promise<RunResult> {
  const { fault, persona, after, watch, clock } = options;
  const known = await watch.callIds();
  const child = spawn(process.execPath, [carrier, 'call', '--persona', persona], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  let [answers, struckAt, struckWall]: (number | undefined)[] = [0];
  let heardAgainMs: number | undefined;
  let callId = '';
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as TimedEvent;
    if (event.event === 'reacts' && event.why === 'answer') answers! += 1;
    if (answers === after.answers && struckAt === undefined) {
      struckAt = Infinity;
      const since = { atMs: event.atMs, now: clock.monotonic() };
      void clock.sleep(after.ms).then(async () => {
        callId = [...(await watch.callIds())].find((id) => !known.has(id)) ?? '';
        const worker = await watch.holder(callId);
        if (worker === undefined) throw new Error('nobody holds the call');
        strike(fault, worker);
        struckAt = since.atMs + (clock.monotonic() - since.now);
        struckWall = clock.now();
      });
    }
    if (event.event === 'agent-speech-start' && struckAt !== undefined && event.atMs > struckAt)
      heardAgainMs ??= event.atMs - struckAt;
  }
  await closed;
  const entries = await ended(watch, callId, clock);
  return {
    ...(await judge(options, entries, struckWall ?? 0)),
    callId,
    ...(heardAgainMs === undefined ? {} : { heardAgainMs: Math.round(heardAgainMs) }),
  };
}

async function ended(watch: CallWatch, callId: string, clock: Clock): Promise<Entry[]> {
  for (let waited = 0; waited < 60_000; waited += 500) {
    const entries = await watch.entries(callId);
    if (entries.at(-1)?.header.kind === 'end') return entries;
    await clock.sleep(500);
  }
  return watch.entries(callId);
}

async function judge(
  { fault, backend }: RunOptions,
  entries: readonly Entry[],
  struckWall: number,
): Promise<Omit<RunResult, 'callId' | 'heardAgainMs'>> {
  const takeOver = entries.find(({ header }) => header.kind === 'take-over');
  const cut =
    takeOver?.header.seq ?? entries.filter(({ header }) => Date.parse(header.at) < struckWall).length;
  const [before, all] = [answersBefore(entries, cut), answersBefore(entries, entries.length)];
  const end = entries.at(-1);
  const outcome = (end && payloadOf(end, 'end')?.outcome) ?? 'no end';
  return {
    fault,
    outcome,
    ...(takeOver && isWorkerFault(fault) ? { claimedMs: Date.parse(takeOver.header.at) - struckWall } : {}),
    answersBefore: before.size,
    lost: [...before].filter(([item, value]) => all.get(item) !== value).map(([item]) => item),
    repeated: await repeatedCases(backend, entries[0]?.header.callId ?? ''),
  };
}

/** Reasons for which the backend has more than one case of this call. */
async function repeatedCases({ url, token }: RunOptions['backend'], callId: string): Promise<string[]> {
  const response = await fetch(`${url}/cases?callId=${callId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { cases } = (await response.json()) as { cases: { reason: string }[] };
  const reasons = cases.map(({ reason }) => reason);
  return reasons.filter((reason, index) => reasons.indexOf(reason) !== index);
}
