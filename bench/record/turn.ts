import { newId, systemClock } from '@vestibule/core';
import { CallLog, type LogStore, MemoryCallKeys, RedisLogStore } from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import { append, type Draft, fastTurn, ModelTurns, thirtyMinutes } from './call.ts';
import { percentiles } from './load.ts';

export interface TurnResult {
  lane: string;
  others: number;
  /** What the acknowledgements before speech take in a turn, all together, ms. */
  p50: number;
  p99: number;
}

/** How many entries a second another call writes, on average. */
const pace = 2;

/**
 * What "nothing with an effect before its entry is acknowledged" adds to a turn: the entries that come before speech, one after the other, fsync
 * always, while `others` calls write theirs.
 */
export async function measureTurns(turns: number, others: number): Promise<TurnResult[]> {
  const redis = await startRedis();
  const [store, elsewhere] = [await connect(redis.url), await connect(redis.url)];
  const stop = new AbortController();
  const noise = Array.from({ length: others }, () => chatter(elsewhere, stop.signal));
  const log = await open(store);
  const model = new ModelTurns();
  const results: TurnResult[] = [];
  for (const [lane, next] of [
    ['fast', () => fastTurn],
    ['model', () => model.next()],
  ] as const) {
    const times: number[] = [];
    for (let i = 0; i < turns; i++) {
      times.push(await timed(log, next()));
      await systemClock.sleep(20);
    }
    results.push({ lane, others, ...percentiles(times) });
  }
  stop.abort();
  await Promise.all(noise);
  await Promise.all([store.close(), elsewhere.close()]);
  await redis.stop();
  return results;
}

async function timed(log: CallLog, drafts: readonly Draft[]): Promise<number> {
  const began = performance.now();
  for (const draft of drafts) await append(log, draft);
  return performance.now() - began;
}

async function chatter(store: LogStore, signal: AbortSignal): Promise<void> {
  const log = await open(store);
  const drafts = thirtyMinutes();
  for (let i = 0; !signal.aborted; i++) {
    await systemClock.sleep((2000 * Math.random()) / pace, signal);
    await append(log, drafts[i % drafts.length]!);
  }
}

const connect = (url: string) => RedisLogStore.connect(url, console.error);

async function open(store: LogStore): Promise<CallLog> {
  const lease = await store.claim(newId('call'), 'bench', 3_600_000);
  if (!lease) throw new Error('a new call is held by somebody');
  return CallLog.open(store, lease, new MemoryCallKeys());
}
