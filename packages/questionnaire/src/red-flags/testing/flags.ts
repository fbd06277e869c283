import { readFileSync } from 'node:fs';
import type { RedFlag } from '../../types.ts';
import { redFlagLibrary } from '../library/index.ts';

/** Every flag of the library, as a questionnaire has them. */
export const libraryFlags: readonly RedFlag[] = [...redFlagLibrary.values()].map(
  ({ name, severity, action, script }) => ({
    id: name,
    severity,
    action,
    script,
    phrases: [],
    library: name,
    when: [],
    whenBehavior: 'all',
  }),
);

export interface Example {
  /** `none` for what must raise nothing. */
  flag: string;
  said: string;
}

/** Utterances written while the library was: what it was made to hear, so no measure of how well it hears (bench/red-flags is). */
export function readExamples(): Example[] {
  const text = readFileSync(new URL('examples.tsv', import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [flag = '', said = ''] = line.split('\t');
      return { flag, said };
    });
}
