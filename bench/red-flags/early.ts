import { redFlagsIn } from '@vestibule/questionnaire';
import type { Label } from './labels.ts';
import { libraryDefinition } from './library.ts';

/** How a positive line fires when it comes word by word. */
export interface Earliness {
  /** Words between the one that completes what fires and the one at which it fires; `final` when only the end settles it. */
  wait: number | 'final';
  /** A partial that fired although the whole line raises nothing of that kind. */
  words: number;
}

export interface Early {
  lines: readonly Earliness[];
  /** Lines that must raise nothing, on which some partial fires. */
  rash: { hits: number; of: number };
}

/** "Needed" is the first beginning of the line that fires when taken for the whole of it. */
export function earliness(labels: readonly Label[]): Early {
  const silent = labels.filter(({ flags }) => flags.length === 0);
  return {
    lines: labels.flatMap(({ flags, said }) => waitOf(flags, said)),
    rash: {
      hits: silent.filter(({ said }) => firstFiring(said, true) !== undefined).length,
      of: silent.length,
    },
  };
}

function waitOf(flags: readonly string[], said: string): Earliness[] {
  const words = said.split(/\s+/).length;
  const needed = firstFiring(said, false, flags);
  if (needed === undefined) return [];
  const fires = firstFiring(said, true, flags);
  return [{ wait: fires === undefined ? 'final' : fires - needed, words }];
}

/** Words of the first beginning of the line that fires (one of `flags`, when there are any). */
function firstFiring(said: string, partial: boolean, flags: readonly string[] = []): number | undefined {
  const words = said.split(/\s+/);
  const at = words.findIndex((_, index) => {
    const fired = redFlagsIn(libraryDefinition, words.slice(0, index + 1).join(' '), { partial });
    // Likeness waits for the final, whatever is said.
    return fired.some(({ id, by }) => by === undefined && (flags.length === 0 || flags.includes(id)));
  });
  return at === -1 ? undefined : at + 1;
}
