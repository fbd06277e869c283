export { CallLog, type Receipt } from './call-log.ts';
export { type ChainFault, commit, genesis, hashHeader, nextEntry, verifyChain } from './chain.ts';
export {
  entryKinds,
  type EntryHeader,
  type EntryKind,
  type Payload,
  payloadOf,
  payloads,
  spokenKinds,
  type StoredEntry,
  storedEntrySchema,
} from './entries.ts';
export { RecordError, type RecordErrorCode } from './errors.ts';
export { type CallState, foldCall, type Turn } from './fold.ts';
export { type Manifest, manifestSchema, type Transcript, transcriptSchema } from './manifest.ts';
export { MemoryLogStore } from './memory-store.ts';
export { callKeys, parseEntry, RedisLogStore } from './redis-store.ts';
export { type Archive, archiveClient, exportLog, sealCall, type Sealing } from './seal.ts';
export { type Lease, leaseToken, type LogStore } from './store.ts';
