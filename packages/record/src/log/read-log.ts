import type { CallKeys } from '../payload/call-keys.ts';
import type { LogStore } from '../store/store.ts';
import type { Entry } from './entries.ts';
import { openEntry } from './sealed-entry.ts';

/** Reads a call's log without holding the call. Empty when the store has it no more, or its key is gone. @throws RecordError */
export async function readLog(store: LogStore, keys: CallKeys, callId: string): Promise<Entry[]> {
  const wrapped = await store.wrappedKey(callId);
  if (wrapped === undefined) return [];
  const [key, sealed] = await Promise.all([keys.unwrap(callId, wrapped), store.read(callId)]);
  return sealed.map((entry) => openEntry(key, entry));
}
