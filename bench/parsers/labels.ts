import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Split = 'development' | 'held-out';

/** One labelled line: what the listener knows, the value a good listener writes down (or `?`, `unknown`, `declined`), the words. */
export interface Label {
  known: string;
  value: string;
  said: string;
}

const folder = join(import.meta.dirname, '../../packages/questionnaire/labels/answers');

export function labelTypes(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .map((name) => name.replace(/\.tsv$/, ''))
    .sort();
}

/** The lines of one type in one split: fixed by a hash of the words, so that it cannot be chosen. */
export function labels(type: string, split: Split): Label[] {
  return readFileSync(join(folder, `${type}.tsv`), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [known = '-', value = '', said = ''] = line.split('\t');
      return { known, value, said };
    })
    .filter(({ said }) => splitOf(said) === split);
}

function splitOf(said: string): Split {
  return createHash('sha256').update(said).digest()[0]! % 2 === 0 ? 'development' : 'held-out';
}
