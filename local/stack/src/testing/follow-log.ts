import { systemClock } from '@vestibule/core';
import { type Entry, kmsCallKeys } from '@vestibule/record';
import { kmsClient } from '../archive-client.ts';
import { CallLogReader, type ReadableLog } from '../demo/call-log.ts';
import { address, ports } from '../ports.ts';
import type { RunningStack } from '../stack.ts';

/** Reads the logs of a stack's calls for as long as `use` takes. */
export async function withLogReader<T>(
  { context, config }: Pick<RunningStack, 'context' | 'config'>,
  use: (reader: CallLogReader) => Promise<T>,
): Promise<T> {
  const kms = kmsClient(context);
  const keys = kmsCallKeys(kms, { keyId: config.record.dataKey, tenant: config.tenant });
  const reader = await CallLogReader.connect(`redis://${address(ports.redisLog)}`, keys);
  try {
    return await use(reader);
  } finally {
    reader.close();
    kms.destroy();
  }
}

/** A log from its beginning, to its end or until nobody waits any longer. `onEntries`: told of each batch. */
export async function followLog(
  reader: CallLogReader,
  find: () => Promise<ReadableLog | undefined>,
  until: number,
  onEntries: (entries: readonly Entry[]) => void = () => {},
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let log: ReadableLog | undefined;
  let from = '0';
  while (systemClock.monotonic() < until && entries.at(-1)?.header.kind !== 'end') {
    log ??= await find();
    if (!log) {
      await systemClock.sleep(50);
      continue;
    }
    const { entries: more, last } = await reader.after(log, from, 200);
    from = last;
    entries.push(...more);
    onEntries(more);
    // Without consent nothing is kept for longer than it takes to seal it.
    if (more.length === 0 && !(await reader.open(log.stream))) return entries;
  }
  return entries;
}
