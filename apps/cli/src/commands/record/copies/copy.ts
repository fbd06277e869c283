import { describeError } from '@vestibule/core';
import type { CopyErasure } from '@vestibule/record';

/** A place that may hold copies of a call's data, and how they are purged there. */
export interface CopyPlace {
  readonly place: string;
  /** What to look for there by hand, when this cannot. */
  readonly what: string;
  /** Undefined when there was nothing. @throws LeftBehind, or what its client throws */
  readonly purge: () => Promise<Purged | undefined>;
}

export interface Purged {
  /** Ids of what was purged. */
  readonly what: string;
  readonly detail?: string;
}

/** Why a copy is still there, in words that may be shown and kept. */
export class LeftBehind extends Error {}

/** Purges every place; one that fails keeps none of the others from being purged. What is known without looking is passed on. */
export async function purgeAll(places: readonly (CopyPlace | CopyErasure)[]): Promise<CopyErasure[]> {
  return Promise.all(places.map(async (one) => ('purge' in one ? purgeOne(one) : one)));
}

async function purgeOne({ place, what, purge }: CopyPlace): Promise<CopyErasure> {
  try {
    const purged = await purge();
    return purged === undefined ? { place, what, state: 'absent' } : { place, state: 'purged', ...purged };
  } catch (error) {
    return { place, what, state: 'left', detail: reasonOf(error) };
  }
}

/** Of errors that are not ours the code or the name alone: a message may repeat what a service answered. */
function reasonOf(error: unknown): string {
  if (error instanceof LeftBehind) return error.message;
  const { error: name, code } = describeError(error);
  return `failed: ${code ?? name}`;
}
