import { randomBytes } from 'node:crypto';
import { canonicalJson, newId } from '@vestibule/core';
import {
  CallLog,
  type Lease,
  type LogStore,
  MemoryCallKeys,
  MemoryLogStore,
  type SealedEntry,
} from '@vestibule/record';
import { append, thirtyMinutes } from './call.ts';
import type { Stream } from './load.ts';

const drafts = thirtyMinutes();

/** A call of thirty minutes as a store takes it: chained and sealed. */
export async function sealedCall(): Promise<SealedEntry[]> {
  const store = new MemoryLogStore();
  const lease = await claim(store);
  const log = await CallLog.open(store, lease, new MemoryCallKeys());
  for (const draft of drafts) await append(log, draft);
  return store.read(lease.callId);
}

/** What `append` puts into the stream, by plain XADD: one call's entries after another's, each call in a stream of its own. */
export function xadds(
  client: { sendCommand(args: string[]): Promise<unknown> },
  entries: readonly SealedEntry[],
): Stream {
  const texts = entries.map(({ header, sealed = '' }) => [canonicalJson(header), sealed] as const);
  let key = '';
  let at = 0;
  return () => {
    if (at % texts.length === 0) [at, key] = [0, `plain:${randomBytes(8).toString('hex')}`];
    const [header, sealed] = texts[at++]!;
    return client.sendCommand(['XADD', key, `${at}-0`, 'header', header, 'sealed', sealed]);
  };
}

/** The same by the store: one call's entries after another's, each call under a lease of its own. */
export async function appends(store: LogStore, entries: readonly SealedEntry[]): Promise<Stream> {
  // The next call is claimed while this one is written, so that no entry waits for its lease.
  const leases = [await claim(store), await claim(store)];
  let at = 0;
  return () => {
    if (at === entries.length) {
      at = 0;
      leases.shift();
      void claim(store).then((lease) => leases.push(lease));
    }
    const [lease] = leases;
    if (!lease) throw new Error('a call was written before the next was claimed');
    return store.append(lease, entries[at++]!);
  };
}

/** The same by the log, which also chains, commits and encrypts. */
export async function logs(store: LogStore): Promise<Stream> {
  const log = await CallLog.open(store, await claim(store), new MemoryCallKeys());
  let at = 0;
  return () => append(log, drafts[at++ % drafts.length]!);
}

async function claim(store: LogStore): Promise<Lease> {
  const lease = await store.claim(newId('call'), 'bench', 3_600_000);
  if (!lease) throw new Error('a new call is held by somebody');
  return lease;
}

/** Of an entry on average, header and payload, bytes. */
export function sizeOf(entries: readonly SealedEntry[]): number {
  const sizes = entries.map(({ header, sealed = '' }) => canonicalJson(header).length + sealed.length);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
}
