import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export type Split = 'development' | 'held-out';
/** Which writing: each is of a later date and by another hand than the one before. The third is held out whole. */
export type LabelSet = 'first' | 'second' | 'third';

export interface Label {
  /** Empty for a line that must raise nothing. */
  flags: readonly string[];
  kind: string;
  said: string;
  set: LabelSet;
  split: Split;
}

const folders: Record<LabelSet, URL> = {
  first: new URL('../../packages/questionnaire/labels/red-flags/', import.meta.url),
  second: new URL('../../packages/questionnaire/labels/red-flags/second/', import.meta.url),
  third: new URL('../../packages/questionnaire/labels/red-flags/third/', import.meta.url),
};
export const labelSets = Object.keys(folders) as LabelSet[];

/** The labelled utterances. Rules are tuned on development lines only; held-out lines are counted, never shown. */
export function readLabels(): Label[] {
  return labelSets.flatMap((set) => readSet(set));
}

function readSet(set: LabelSet): Label[] {
  return readdirSync(folders[set])
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folders[set]), 'utf8').trimEnd().split('\n').slice(1))
    .map((line) => {
      const [flags = '', kind = '', said = ''] = line.split('\t');
      return {
        flags: flags === 'none' ? [] : flags.split(','),
        kind,
        said,
        set,
        split: set === 'third' ? 'held-out' : splitOf(said),
      };
    });
}

/** Fixed by the line itself, so that nobody chooses: the first byte of its SHA-256, even is development. */
function splitOf(said: string): Split {
  return createHash('sha256').update(said).digest()[0]! % 2 === 0 ? 'development' : 'held-out';
}
