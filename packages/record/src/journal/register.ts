import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '@vestibule/core';
import { type Archive, keysUnder, readObject } from '../archive/archive.ts';
import { RecordError } from '../errors.ts';
import { leafHash, merkleRoot } from '../merkle/tree.ts';
import { type Sighting, type SignedCheckpoint, signedCheckpointSchema } from '../signing/statements.ts';
import { signatureFault } from '../signing/worker-key.ts';
import { sightingLeaves } from './journal.ts';
import { checkpointTime, journalPrefix } from './keys.ts';

/** What is known of a call from the journals: its final root, or else how far it was seen. */
export interface RegisteredCall extends Sighting {
  /** When the checkpoint was signed. */
  at: string;
}

/** The tenant's register: all workers' journals of some days. */
export interface Register {
  calls: Map<string, RegisteredCall>;
  workers: number;
  checkpoints: number;
  /** What is wrong with the journals themselves; empty when every checkpoint is signed and none is missing between two. */
  faults: string[];
}

/**
 * Reads the register of `days` (YYYY-MM-DD, UTC) and proves it against the trust anchor. @throws RecordError `corrupt`
 */
export async function readRegister(
  archive: Pick<Archive, 'client' | 'bucket'>,
  { tenant, days, anchor }: { tenant: string; days: readonly string[]; anchor: KeyObject },
): Promise<Register> {
  const keys = (await Promise.all(days.map((day) => keysUnder(archive, journalPrefix(tenant, day))))).flat();
  const checkpoints = await Promise.all(keys.map(async (key) => parse(await readObject(archive, key), key)));
  const journals = Map.groupBy(checkpoints, ({ statement }) => statement.worker);
  const faults = [...journals.values()].flatMap((journal) => journalFaults(journal, anchor));
  const calls = new Map<string, RegisteredCall>();
  for (const { statement, calls: seen } of checkpoints)
    for (const sighting of seen) {
      const known = calls.get(sighting.callId);
      if (known?.final && sighting.final && known.root !== sighting.root)
        faults.push(`call ${sighting.callId} has two final roots`);
      if (!known || isLater(sighting, known)) calls.set(sighting.callId, { ...sighting, at: statement.at });
    }
  return { calls, workers: journals.size, checkpoints: keys.length, faults };
}

const isLater = (one: Sighting, other: Sighting) =>
  one.final !== other.final ? one.final : one.size > other.size;

function journalFaults(journal: SignedCheckpoint[], anchor: KeyObject): string[] {
  const ordered = journal.sort((a, b) => a.statement.seq - b.statement.seq);
  return ordered.flatMap((checkpoint, index) => {
    const { statement, calls } = checkpoint;
    const before = ordered[index - 1]?.statement;
    const fault =
      signatureFault(checkpoint, anchor) ??
      (merkleRoot(sightingLeaves(calls)).toString('hex') === statement.root
        ? undefined
        : 'its calls are not those that were signed for') ??
      (before && leafHash(canonicalJson(before)).toString('hex') !== statement.previous
        ? 'the one before it is missing or another'
        : undefined);
    return fault === undefined ? [] : [`checkpoint ${statement.worker}/${statement.seq}: ${fault}`];
  });
}

function parse(text: string | undefined, key: string): SignedCheckpoint {
  try {
    if (checkpointTime(key) === undefined) throw new Error('not a checkpoint’s name');
    return signedCheckpointSchema.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw new RecordError('corrupt', `${key} is no checkpoint`, { cause });
  }
}
