import type { Share } from '@vestibule/core';

/** A labelled utterance: the flags that it should raise (none: it must raise nothing), and those that fired. */
export interface Judged {
  flags: readonly string[];
  fired: readonly string[];
}

/** How one flag (or all) did over labelled lines. */
export interface Row {
  flag: string;
  recall: Share;
  /** Lines without any flag on which it fires. */
  falseAlarms: Share;
  /** Lines about other flags only, on which it fires too; no alarm is missed or false by it. */
  besides: Share;
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

/** A flag missed, or one raised where there is none. */
export const isWrong = (line: Judged) => (hasFlag(line) ? !isCaught(line) : line.fired.length > 0);
export const hasFlag = ({ flags }: Pick<Judged, 'flags'>) => flags.length > 0;
const isCaught = ({ flags, fired }: Judged) => flags.some((flag) => fired.includes(flag));

function share(lines: readonly Judged[], test: (line: Judged) => boolean): Share {
  return { hits: lines.filter(test).length, of: lines.length };
}
