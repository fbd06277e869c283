import { RedisLogStore } from '@vestibule/record';
import { startRedis } from '@vestibule/record/testing';
import { createClient } from 'redis';
import { load, type Measured, median, type Stream } from './load.ts';
import { appends, logs, sealedCall, sizeOf, xadds } from './streams.ts';

export interface AppendsOptions {
  rounds: number;
  /** How long each way is measured in a round, ms. */
  ms: number;
}

/** How entries are sent: calls side by side, and how many of each are on their way. All go over one connection. */
const modes = [
  { name: 'one at a time', calls: 1, depth: 1 },
  { name: '8 calls, one each at a time', calls: 8, depth: 1 },
  { name: '8 calls, 16 each on their way', calls: 8, depth: 16 },
] as const;

/** `callLog`: chained, committed to and encrypted besides. */
const ways = ['xadd', 'append', 'callLog'] as const;
type Way = (typeof ways)[number];
type Round = Record<Way, Measured>;

export interface AppendsResult extends Round {
  fsync: string;
  mode: string;
  /** Median over the rounds of appends per XADD, each from the same round. */
  ratio: number;
  bytes: number;
}

/** Appends against plain XADD of the same bytes, on the same server, in turn. */
export async function measureAppends(fsync: string, options: AppendsOptions): Promise<AppendsResult[]> {
  // A rewrite of the file would fall on one way only.
  const config = () => [`appendfsync ${fsync}`, 'auto-aof-rewrite-percentage 0'];
  const redis = await startRedis({ config });
  const store = await RedisLogStore.connect(redis.url, console.error);
  const client = await createClient({ url: redis.url }).connect();
  const entries = await sealedCall();
  const open: Record<Way, () => Promise<Stream>> = {
    xadd: async () => xadds(client, entries),
    append: () => appends(store, entries),
    callLog: () => logs(store),
  };
  const results: AppendsResult[] = [];
  for (const { name, calls, depth } of modes) {
    const rounds: Round[] = [];
    for (let i = 0; i < options.rounds; i++) {
      const measured: Partial<Round> = {};
      for (const way of inTurn(i)) {
        const streams = await Promise.all(Array.from({ length: calls }, open[way]));
        measured[way] = await load(streams, depth, options.ms);
      }
      rounds.push(measured as Round);
      await client.flushAll();
    }
    results.push({ fsync, mode: name, bytes: sizeOf(entries), ...summary(rounds) });
  }
  client.destroy();
  await store.close();
  await redis.stop();
  return results;
}

/** Whoever comes first finds a colder server: they take turns. */
const inTurn = (round: number) => ways.map((_, i) => ways[(i + round) % ways.length]!);

function summary(rounds: readonly Round[]): Round & { ratio: number } {
  const of = (way: Way): Measured => {
    const middle = (figure: keyof Measured) => median(rounds.map((round) => round[way][figure]));
    return { count: middle('count'), perSecond: middle('perSecond'), p50: middle('p50'), p99: middle('p99') };
  };
  const ratio = median(rounds.map(({ append, xadd }) => append.perSecond / xadd.perSecond));
  return { xadd: of('xadd'), append: of('append'), callLog: of('callLog'), ratio };
}
