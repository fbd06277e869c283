import {
  CallLog,
  foldCall,
  MemoryCallKeys,
  MemoryLogStore,
  parseExport,
  type SignedCallRoot,
  verifyRecord,
} from '@vestibule/record';
import { createAnchored, exampleRecord } from '../../packages/record/src/testing/example-record.ts';
import { append, thirtyMinutes } from './call.ts';
import { percentiles } from './load.ts';

export interface Verified {
  entries: number;
  /** Reading the lines, and checking chain, commitments, tree and signatures: entries per second. */
  readPerSecond: number;
  verifiedPerSecond: number;
}

/** A record of `entries` entries with all its payloads, as it lies in an exported folder. */
export async function measureVerify(entries: number, rounds: number): Promise<Verified> {
  const { files, anchor } = await exampleRecord(
    'call_bench',
    'my back hurts',
    await createAnchored(),
    entries,
  );
  const file = (name: string) => files.get(name) ?? '';
  const reading: number[] = [];
  const verifying: number[] = [];
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const { entries: read, lines, faults } = parseExport(file('entries.jsonl'), file('payloads.jsonl'));
    const between = performance.now();
    const root = JSON.parse(file('root.json')) as SignedCallRoot;
    const withheld = ['response.json'];
    const found = {
      entries: read,
      lines,
      lineFaults: faults,
      root,
      checkpoints: [],
      objects: new Map<string, string>(),
      withheld,
    };
    const { findings } = verifyRecord(found, anchor);
    if (findings.length > 0) throw new Error(`the record of the bench is bad: ${findings[0]?.problem}`);
    reading.push(between - began);
    verifying.push(performance.now() - between);
    count = read.length;
  }
  const rate = (times: readonly number[]) => (count / percentiles(times).p50) * 1000;
  return { entries: count, readPerSecond: rate(reading), verifiedPerSecond: rate(verifying) };
}

export interface Folded {
  entries: number;
  /** From the entries in memory to the call's state, ms. */
  p50: number;
  p99: number;
  /** Opening the log as a take-over does, from a store in memory: decrypting and folding, ms. */
  openP50: number;
}

export async function measureFold(rounds: number): Promise<Folded> {
  const keys = new MemoryCallKeys();
  const store = new MemoryLogStore();
  const claim = async () => (await store.claim('call', 'bench', 3_600_000))!;
  const first = await claim();
  const log = await CallLog.open(store, first, keys);
  for (const draft of thirtyMinutes()) await append(log, draft);
  const folding: number[] = [];
  const opening: number[] = [];
  for (let round = 0; round < rounds; round++) {
    let began = performance.now();
    foldCall(log.entries);
    folding.push(performance.now() - began);
    began = performance.now();
    const again = await CallLog.open(store, first, keys);
    foldCall(again.entries);
    opening.push(performance.now() - began);
  }
  return { entries: log.entries.length, ...percentiles(folding), openP50: percentiles(opening).p50 };
}
