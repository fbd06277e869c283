import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export type Split = 'development' | 'held-out';

export interface Label {
  /** Empty for a line that must raise nothing. */
  flags: readonly string[];
  kind: string;
  said: string;
  split: Split;
}

const folder = new URL('../../packages/questionnaire/labels/red-flags/', import.meta.url);

/** The labelled utterances. Rules are tuned on development lines only; held-out lines are counted, never shown. */
export function readLabels(): Label[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n').slice(1))
    .map((line) => {
      const [flags = '', kind = '', said = ''] = line.split('\t');
      return { flags: flags === 'none' ? [] : flags.split(','), kind, said, split: splitOf(said) };
    });
}

/** Fixed by the line itself, so that nobody chooses: the first byte of its SHA-256, even is development. */
function splitOf(said: string): Split {
  return createHash('sha256').update(said).digest()[0]! % 2 === 0 ? 'development' : 'held-out';
}
