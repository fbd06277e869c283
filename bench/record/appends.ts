import { randomBytes } from 'node:crypto';
import { canonicalJson, newId } from '@vestibule/core';
import {
  CallLog,
  type Lease,
  MemoryCallKeys,
  MemoryLogStore,
  RedisLogStore,
  type SealedEntry,
} from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import { createClient } from 'redis';
import { append, type Draft, thirtyMinutes } from './call.ts';
import { load, type Measured, median, type Stream } from './load.ts';

export interface AppendsOptions {
  rounds: number;
  /** How long each way is measured in a round, ms. */
  ms: number;
}

/** How entries are sent: calls side by side, and how many of each are on their way. */
const modes = [
  { name: 'one at a time', calls: 1, depth: 1 },
  { name: '8 calls, one each at a time', calls: 8, depth: 1 },
  { name: '8 calls, 16 each on their way', calls: 8, depth: 16 },
] as const;

export interface AppendsResult {
  fsync: string;
  mode: string;
  xadd: Measured;
  append: Measured;
  /** Chained, committed to and encrypted besides. */
  callLog: Measured;
  /** Median over the rounds of appends per XADD, each from the same round. */
  ratio: number;
  bytes: number;
}

/** Appends against plain XADD of the same bytes, on the same server, in turn. */
export async function measureAppends(fsync: string, options: AppendsOptions): Promise<AppendsResult[]> {
  const redis = await startRedis({ config: () => [`appendfsync ${fsync}`] });
  const store = await RedisLogStore.connect(redis.url, console.error);
  const client = await createClient({ url: redis.url }).connect();
  const drafts = thirtyMinutes();
  const results: AppendsResult[] = [];
  for (const mode of modes) {
    const rounds: Pick<AppendsResult, 'xadd' | 'append' | 'callLog'>[] = [];
    const most = Math.ceil(((mode.depth === 1 ? 12 : 40) * options.ms) / mode.calls);
    let bytes = 0;
    for (let round = 0; round < options.rounds; round++) {
      const calls = await Promise.all(Array.from({ length: mode.calls }, () => prepare(store, drafts, most)));
      bytes = sizeOf(calls[0]!.entries);
      const ways = {
        xadd: () =>
          load(
            calls.map(({ entries }) => xadds(client, entries)),
            mode.depth,
            options.ms,
          ),
        append: () =>
          load(
            calls.map(({ lease, entries }) => appends(store, lease, entries)),
            mode.depth,
            options.ms,
          ),
        callLog: async () =>
          load(await Promise.all(calls.map(() => logs(store, drafts))), mode.depth, options.ms),
      };
      // Whoever comes first finds a colder server: they take turns.
      const order = (['xadd', 'append', 'callLog'] as const).map((_, i, all) => all[(i + round) % 3]!);
      const measured: Partial<Record<keyof typeof ways, Measured>> = {};
      for (const way of order) measured[way] = await ways[way]();
      rounds.push(measured as Required<typeof measured>);
      await client.flushAll();
    }
    results.push({ fsync, mode: mode.name, bytes, ...summary(rounds) });
  }
  client.destroy();
  await store.close();
  await redis.stop();
  return results;
}

function summary(rounds: readonly Pick<AppendsResult, 'xadd' | 'append' | 'callLog'>[]) {
  const of = (way: 'xadd' | 'append' | 'callLog'): Measured => {
    const middle = (figure: keyof Measured) => median(rounds.map((round) => round[way][figure]));
    return { count: middle('count'), perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99') };
  };
  const ratio = median(rounds.map(({ append, xadd }) => append.perSecond / xadd.perSecond));
  return { xadd: of('xadd'), append: of('append'), callLog: of('callLog'), ratio };
}

/** A call of its own, and `count` entries of it as the store takes them. */
async function prepare(store: RedisLogStore, drafts: readonly Draft[], count: number) {
  const memory = new MemoryLogStore();
  const callId = newId('call');
  const lease = await claim(store, callId);
  const log = await CallLog.open(memory, await claim(memory, callId), new MemoryCallKeys());
  for (let i = 0; i < count; i++) await append(log, drafts[i % drafts.length]!);
  return { lease, entries: await memory.read(callId) };
}

async function claim(store: RedisLogStore | MemoryLogStore, callId = newId('call')): Promise<Lease> {
  const lease = await store.claim(callId, 'bench', 3_600_000);
  if (!lease) throw new Error('a new call is held by somebody');
  return lease;
}

function xadds(
  client: { sendCommand(args: string[]): Promise<unknown> },
  entries: readonly SealedEntry[],
): Stream {
  const key = `plain:${randomBytes(8).toString('hex')}`;
  const texts = entries.map(({ header, sealed = '' }) => [canonicalJson(header), sealed] as const);
  let at = 0;
  return () => {
    const text = texts[at++];
    return text && client.sendCommand(['XADD', key, `${at}-0`, 'header', text[0], 'sealed', text[1]]);
  };
}

function appends(store: RedisLogStore, lease: Lease, entries: readonly SealedEntry[]): Stream {
  let at = 0;
  return () => {
    const entry = entries[at++];
    return entry && store.append(lease, entry);
  };
}

async function logs(store: RedisLogStore, drafts: readonly Draft[]): Promise<Stream> {
  const log = await CallLog.open(store, await claim(store), new MemoryCallKeys());
  let at = 0;
  return () => append(log, drafts[at++ % drafts.length]!);
}

/** Of an entry on average, header and payload, bytes. */
function sizeOf(entries: readonly SealedEntry[]): number {
  const sizes = entries.map(({ header, sealed = '' }) => canonicalJson(header).length + sealed.length);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
}
