import { canonicalJson } from '@vestibule/core';
import { genesis, isCommitted } from '../log/chain.ts';
import type { Entry } from '../log/entries.ts';

export interface ChainFault {
  /** The first entry that is not what was written. */
  seq: number;
  problem: string;
}

/**
 * The first thing wrong with a chain, or undefined. Withheld payloads are no fault: their commitments stand. `head`: the hash of
 * the last entry, where a signed root says so; it vouches for that entry. `lines`: the text that the entries were read from.
 */
export function chainFault(
  entries: readonly Entry[],
  {
    callId,
    head,
    lines,
  }: { callId?: string | undefined; head?: string | undefined; lines?: readonly string[] } = {},
): ChainFault | undefined {
  for (const [index, entry] of entries.entries()) {
    const { header } = entry;
    const fault = (problem: string, seq = index) => ({ seq, problem });
    if (callId !== undefined && header.callId !== callId) return fault(`belongs to call ${header.callId}`);
    if (header.seq !== index) return fault(sequenceProblem(header.seq, index));
    const text = lines?.[index];
    if (text !== undefined && text !== canonicalJson(header)) return fault('is not in canonical form');
    if (!follows(entries, index)) {
      // Both neighbours cannot be blamed for one broken link: the one that its other neighbour vouches for is whole.
      return index > 0 && isVouchedFor(entries, index, head)
        ? fault('has been altered', index - 1)
        : fault('does not follow the entry before it');
    }
    if (!isCommitted(entry)) return fault('has a payload that is not the one committed to');
  }
  return undefined;
}

function follows(entries: readonly Entry[], index: number): boolean {
  return entries[index]!.header.previous === (entries[index - 1]?.hash ?? genesis);
}

function isVouchedFor(entries: readonly Entry[], index: number, head: string | undefined): boolean {
  const next = entries[index + 1];
  return next ? next.header.previous === entries[index]!.hash : entries[index]!.hash === head;
}

function sequenceProblem(found: number, expected: number): string {
  if (found > expected) return `is missing: entry ${found} stands in its place`;
  return `is an insertion or stands in the wrong place: it is numbered ${found}`;
}
