import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '@vestibule/core';
import type { ExportedEntry, LineFault } from '../archive/exported.ts';
import { leafHash, merkleRoot } from '../merkle/tree.ts';
import { isIncluded } from '../merkle/verify.ts';
import type { SightedCheckpoint, SignedCallRoot } from '../signing/statements.ts';
import { signatureFault } from '../signing/worker-key.ts';
import { chainFault } from './chain-faults.ts';

/** A call's record as it was found, in the archive or in a folder. */
export interface FoundRecord {
  /** As asked for; undefined when whatever the folder holds is to be checked. */
  callId?: string;
  entries: readonly ExportedEntry[];
  /** `entries.jsonl`, line by line. */
  lines: readonly string[];
  lineFaults: readonly LineFault[];
  root?: SignedCallRoot;
  checkpoints: readonly SightedCheckpoint[];
  /** sha256 (hex) of the other objects that are there, by name. */
  objects: ReadonlyMap<string, string>;
  /** Objects left out on purpose (redacted, or erased with the caller's data): not there is no fault, but it is said. */
  withheld: readonly string[];
}

export interface Finding {
  /** The first bad entry, where an entry is to blame. */
  seq?: number;
  problem: string;
}

export interface Verdict {
  callId: string | undefined;
  entries: number;
  /** Entries whose payload was seen and is the one committed to; of them, with a caller's data redacted. */
  payloads: { checked: number; redacted: number; sealed: number; absent: number };
  checkpoints: number;
  withheld: readonly string[];
  findings: Finding[];
}

/** Checks a record against the trust anchor. It needs nothing but what it is given. */
export function verifyRecord(record: FoundRecord, anchor: KeyObject): Verdict {
  const callId = record.callId ?? record.root?.statement.callId ?? record.entries[0]?.header.callId;
  const { trusted, findings: ofRoot } = checkRoot(record, anchor, callId);
  const ofLines = record.lineFaults.map(({ line, problem }) => ({ seq: line, problem }));
  const ofEntries = ofLines.length > 0 ? [] : checkEntries(record, trusted, callId);
  // A checkpoint knows a range; who is to blame is named by the entries themselves, where they can tell.
  const ofCheckpoints = checkCheckpoints(record, anchor, callId).map((finding) =>
    ofLines.length + ofEntries.length > 0 ? { problem: finding.problem } : finding,
  );
  const findings: Finding[] = [
    ...ofLines,
    ...ofEntries,
    ...ofCheckpoints,
    ...ofRoot,
    ...checkObjects(record),
  ];
  return {
    callId,
    entries: record.entries.length,
    payloads: countPayloads(record.entries),
    checkpoints: record.checkpoints.length,
    withheld: record.withheld.filter((name) => !record.objects.has(name)),
    findings: findings.sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity)),
  };
}

/** The signed root as far as it can be trusted: forged leaves prove nothing, and neither does a forged root. */
interface TrustedRoot {
  size: number;
  root: string;
  head: string;
  leaves: readonly string[] | undefined;
}

function checkRoot(
  { root }: FoundRecord,
  anchor: KeyObject,
  callId: string | undefined,
): { trusted?: TrustedRoot; findings: Finding[] } {
  if (!root) return { findings: [{ problem: 'incomplete: no signed end (root.json is missing)' }] };
  const { statement, leaves } = root;
  const fault = signatureFault(root, anchor);
  if (fault) return { findings: [{ problem: `root.json: ${fault}` }] };
  if (statement.callId !== callId)
    return { findings: [{ problem: `root.json: is of call ${statement.callId}` }] };
  const sound = leaves.length === statement.size && rootOf(leaves) === statement.root;
  return {
    trusted: { ...statement, leaves: sound ? leaves : undefined },
    findings: sound ? [] : [{ problem: 'root.json: its leaves do not make its root' }],
  };
}

function checkEntries(
  record: FoundRecord,
  trusted: TrustedRoot | undefined,
  callId: string | undefined,
): Finding[] {
  const { entries, lines } = record;
  const whole = trusted && entries.length === trusted.size;
  const fault = chainFault(entries, { callId, head: whole ? trusted.head : undefined, lines });
  if (fault) return [fault];
  if (trusted) {
    const differing = signedDifference(record, trusted);
    if (differing) return [differing];
  }
  return entries.at(-1)?.header.kind === 'end'
    ? []
    : [{ seq: entries.length, problem: 'is missing: the log has no end' }];
}

/** Where a chain that is sound in itself is not the one that was signed for. */
function signedDifference(record: FoundRecord, { leaves, size, root }: TrustedRoot): Finding | undefined {
  const hashes = record.entries.map(({ hash }) => hash);
  const seq = leaves?.findIndex((leaf, index) => index < hashes.length && hashes[index] !== leaf) ?? -1;
  if (seq !== -1) return { seq, problem: 'is not the entry that was signed for' };
  if (hashes.length < size)
    return { seq: hashes.length, problem: `is missing: the log was cut off (${size} were signed for)` };
  if (hashes.length > size)
    return { seq: size, problem: `was added after the end (${size} were signed for)` };
  if (rootOf(hashes) === root) return undefined;
  return { seq: lastSeen(record), problem: 'this one or a later one is not what was signed for' };
}

/** The first entry that no checkpoint with the right root covers. */
function lastSeen({ entries, checkpoints }: FoundRecord): number {
  const hashes = entries.map(({ hash }) => hash);
  return checkpoints
    .filter(({ sighting }) => rootOf(hashes.slice(0, sighting.size)) === sighting.root)
    .reduce((most, { sighting }) => Math.max(most, sighting.size), 0);
}

function checkCheckpoints(
  { entries, checkpoints }: FoundRecord,
  anchor: KeyObject,
  callId: string | undefined,
): Finding[] {
  const hashes = entries.map(({ hash }) => hash);
  let sound = 0;
  return checkpoints.flatMap((checkpoint): Finding[] => {
    const { sighting } = checkpoint;
    const name = `checkpoint ${checkpoint.statement.worker}/${checkpoint.statement.seq}`;
    const fault = signatureFault(checkpoint, anchor) ?? sightingFault(checkpoint, callId);
    if (fault) return [{ problem: `${name}: ${fault}` }];
    if (sighting.size > entries.length)
      return [{ seq: entries.length, problem: `${name} saw ${sighting.size} entries: the log was cut off` }];
    if (rootOf(hashes.slice(0, sighting.size)) !== sighting.root)
      return [{ seq: sound, problem: `${name} saw other entries, up to entry ${sighting.size - 1}` }];
    sound = Math.max(sound, sighting.size);
    return [];
  });
}

function sightingFault(
  { statement, sighting, index, proof }: SightedCheckpoint,
  callId: string | undefined,
): string | undefined {
  const included = isIncluded(leafHash(canonicalJson(sighting)), {
    index,
    size: statement.size,
    proof: proof.map((hash) => Buffer.from(hash, 'hex')),
    root: Buffer.from(statement.root, 'hex'),
  });
  if (!included) return 'does not hold what it is said to hold';
  return sighting.callId === callId ? undefined : `is of call ${sighting.callId}`;
}

function checkObjects({ root, objects, withheld }: FoundRecord): Finding[] {
  return (root?.statement.objects ?? []).flatMap(({ name, sha256 }): Finding[] => {
    const found = objects.get(name);
    if (found === undefined) return withheld.includes(name) ? [] : [{ problem: `${name} is missing` }];
    return found === sha256 ? [] : [{ problem: `${name} is not what was sealed` }];
  });
}

function countPayloads(entries: readonly ExportedEntry[]): Verdict['payloads'] {
  const counts = { checked: 0, redacted: 0, sealed: 0, absent: 0 };
  for (const { payload, inner, sealed } of entries) {
    if (sealed !== undefined) counts.sealed += 1;
    else if (payload === undefined) counts.absent += 1;
    else {
      counts.checked += 1;
      if (inner === undefined) counts.redacted += 1;
    }
  }
  return counts;
}

function rootOf(hashes: readonly string[]): string {
  return merkleRoot(hashes.map((hash) => Buffer.from(hash, 'hex'))).toString('hex');
}
