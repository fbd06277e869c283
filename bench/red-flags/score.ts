import { hasFlag, isWrong, type Row, rowOf, rowOfAll } from '@vestibule/questionnaire/red-flag-scoring';
import type { Share } from '@vestibule/core';
import type { Label } from './labels.ts';

export { hasFlag, isWrong, type Row, rowOf, rowOfAll, type Share };

export type Detect = (said: string) => readonly string[];

export interface Judged extends Label {
  fired: readonly string[];
}

export function judge(labels: readonly Label[], detect: Detect): Judged[] {
  return labels.map((label) => ({ ...label, fired: detect(label.said) }));
}

/** Errors by kind of line. */
export function errorsByKind(lines: readonly Judged[]): Map<string, Share> {
  const kinds = new Map<string, Share>();
  for (const line of lines) {
    const key = `${line.kind}${line.kind === 'noise' ? (hasFlag(line) ? ' (flag)' : ' (none)') : ''}`;
    const known = kinds.get(key) ?? { hits: 0, of: 0 };
    kinds.set(key, { hits: known.hits + (isWrong(line) ? 1 : 0), of: known.of + 1 });
  }
  return kinds;
}
