import type { Scene } from '../scene.ts';

/** Words `start` to `end` (exclusive). */
export interface Stretch {
  start: number;
  end: number;
}

const shortest = 3;

/** The whole, each clause and each two in a row: what matters may be one clause of a long answer. */
export function stretchesOf({ clauses }: Pick<Scene, 'clauses'>): Stretch[] {
  const whole = { start: 0, end: clauses.length };
  const starts = [...clauses.keys()].filter((at) => at === 0 || clauses[at] !== clauses[at - 1]);
  const endOf = (clause: number) => starts[clause + 1] ?? clauses.length;
  const parts = starts.flatMap((start, clause) =>
    [clause, clause + 1].filter((last) => last < starts.length).map((last) => ({ start, end: endOf(last) })),
  );
  return [
    whole,
    ...parts.filter(({ start, end }) => end - start >= shortest && end - start < clauses.length),
  ];
}
