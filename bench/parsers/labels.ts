import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const sets = ['first', 'second'] as const;
export type Set = (typeof sets)[number];
export const parts = ['development', 'held-out', 'whole'] as const;
export type Part = (typeof parts)[number];

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

/** The lines of one type in one part of a set: fixed by a hash of the words, so that it cannot be chosen. */
export function labels(type: string, set: Set, part: Part): Label[] {
  return readFileSync(join(folder, set === 'first' ? '' : set, `${type}.tsv`), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [known = '-', value = '', said = ''] = line.split('\t');
      return { known, value: keyOf(known, value) ?? value, said };
    })
    .filter(({ said }) => part === 'whole' || partOf(said) === part);
}

/** The second set writes what a key stands for, "choice;1=refill", where the first writes the key. */
function keyOf(known: string, value: string): string | undefined {
  if (!known.startsWith('choice;')) return undefined;
  return known
    .split(';')
    .find((entry) => entry.endsWith(`=${value}`))
    ?.split('=')[0];
}

function partOf(said: string): Part {
  return createHash('sha256').update(said).digest()[0]! % 2 === 0 ? 'development' : 'held-out';
}
