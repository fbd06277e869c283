import type { Label } from './labels.ts';

/** What of how many. */
export interface Share {
  hits: number;
  of: number;
}

export interface Row {
  flag: string;
  recall: Share;
  /** Lines without any flag on which it fires. */
  falseAlarms: Share;
  /** Lines about other flags only, on which it fires too; no alarm is missed or false by it. */
  besides: Share;
}

export type Detect = (said: string) => readonly string[];

export interface Judged extends Label {
  fired: readonly string[];
}

export function judge(labels: readonly Label[], detect: Detect): Judged[] {
  return labels.map((label) => ({ ...label, fired: detect(label.said) }));
}

/** A line with several flags is caught when one of them fires; the row of each flag asks for that one. */
export function rowOfAll(lines: readonly Judged[]): Row {
  return {
    flag: 'all',
    recall: share(lines.filter(hasFlag), isCaught),
    falseAlarms: share(
      lines.filter((line) => !hasFlag(line)),
      ({ fired }) => fired.length > 0,
    ),
    besides: share(lines.filter(hasFlag), ({ flags, fired }) => fired.some((one) => !flags.includes(one))),
  };
}

export function rowOf(flag: string, lines: readonly Judged[]): Row {
  const fires = ({ fired }: Judged) => fired.includes(flag);
  return {
    flag,
    recall: share(
      lines.filter(({ flags }) => flags.includes(flag)),
      fires,
    ),
    falseAlarms: share(
      lines.filter((line) => !hasFlag(line)),
      fires,
    ),
    besides: share(
      lines.filter((line) => hasFlag(line) && !line.flags.includes(flag)),
      fires,
    ),
  };
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

export const isWrong = (line: Judged) => (hasFlag(line) ? !isCaught(line) : line.fired.length > 0);
const hasFlag = ({ flags }: Label) => flags.length > 0;
const isCaught = ({ flags, fired }: Judged) => flags.some((flag) => fired.includes(flag));

function share(lines: readonly Judged[], test: (line: Judged) => boolean): Share {
  return { hits: lines.filter(test).length, of: lines.length };
}

/** Wilson's 95 % interval; Wilson, J Am Stat Assoc 22 (1927) 209-212. */
export function wilson({ hits, of }: Share): [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.959964;
  const p = hits / of;
  const middle = p + (z * z) / (2 * of);
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}
