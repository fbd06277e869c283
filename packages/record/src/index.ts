export { type Access, accessActions, type AccessFacts, accessFault, AccessLog } from './access/access-log.ts';
export {
  type Archive,
  archiveClient,
  keysUnder,
  type Lock,
  putObject,
  readBytes,
  readObject,
} from './archive/archive.ts';
export { copyNames, fhirCopySearch, fhirCopyTypes } from './archive/copies.ts';
export { archivedCalls } from './archive/archived-calls.ts';
export { checkErasable, type CopyErasure, eraseCall, type Erasure } from './archive/erase.ts';
export { exportedFiles, openRecord, redactEntry } from './archive/export-record.ts';
export { type ExportedEntry, parseExport } from './archive/exported.ts';
export { findCall, readArchived, readFolder, type StoredRecord } from './archive/find-record.ts';
export { setLegalHold } from './archive/hold.ts';
export { type Manifest, manifestSchema, type Transcript, transcriptSchema } from './archive/manifest.ts';
export { type Gap, type Recording, sealCall, type Sealed, type Sealing } from './archive/seal.ts';
export { RecordError, type RecordErrorCode } from './errors.ts';
export { checkpointMs, Journal } from './journal/journal.ts';
export { readRegister, type Register, type RegisteredCall } from './journal/register.ts';
export { kmsAnchor, kmsAuthority, kmsCallKeys } from './kms/kms.ts';
export { attemptId, attemptOf, type CallBackState } from './log/call-back.ts';
export { CallLog, type LogHead, type Receipt } from './log/call-log.ts';
export { genesis, hashHeader, isCommitted, nextEntry, type Place } from './log/chain.ts';
export {
  drained,
  modelLost,
  modelTried,
  type Entry,
  entryKinds,
  type EntryHeader,
  type EntryKind,
  type Payload,
  payloadOf,
  payloads,
  type SealedEntry,
  spokenKinds,
} from './log/entries.ts';
export { type CallState, type CarriedInputs, foldCall, type Turn } from './log/fold.ts';
export { PromptParts, rebuildPrompts } from './log/prompts.ts';
export { readLog } from './log/read-log.ts';
export { openEntry, parseHeader, sealEntry } from './log/sealed-entry.ts';
export {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  MerkleFrontier,
  nodeHash,
} from './merkle/tree.ts';
export { isConsistent, isIncluded, type TreeHead } from './merkle/verify.ts';
export type { CallKey, CallKeys } from './payload/call-keys.ts';
export { MemoryCallKeys } from './payload/memory-keys.ts';
export {
  type CallRootStatement,
  type Certificate,
  type SightedCheckpoint,
  type Sighting,
  type SignedCallRoot,
  type SignedCheckpoint,
} from './signing/statements.ts';
export {
  type Authority,
  createSigner,
  localAuthority,
  signatureFault,
  type Signer,
} from './signing/worker-key.ts';
export {
  audioLogId,
  awaitRecording,
  finishAudio,
  forgetAudio,
  isFinished,
  openAudioLog,
} from './recording/audio-log.ts';
export { type Script, script, StoreConnection } from './store/connection.ts';
export { CallBackQueue, type Due } from './store/call-back-queue.ts';
export { MemoryLogStore } from './store/memory-store.ts';
export { OpenCalls, openCallsKey } from './store/open-calls.ts';
export { callKeys, parseEntry, RedisLogStore } from './store/redis-store.ts';
export { S3LogStore } from './store/s3-store.ts';
export { withPassword } from './store/store-url.ts';
export { type Lease, leaseToken, type LogStore } from './store/store.ts';
export { type Admission, type ArchivedCall, audit, type Audited, type AuditFinding } from './verify/audit.ts';
export { type ChainFault, chainFault } from './verify/chain-faults.ts';
export { type Finding, type FoundRecord, type Verdict, verifyRecord } from './verify/verify-record.ts';
