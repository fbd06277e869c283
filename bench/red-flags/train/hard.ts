import { likenessOf } from '../../../packages/questionnaire/src/red-flags/likeness/likeness.ts';
import type { Model } from '../../../packages/questionnaire/src/red-flags/likeness/model.ts';
import { stretchesOf } from '../../../packages/questionnaire/src/red-flags/likeness/stretches.ts';
import { Scene } from '../../../packages/questionnaire/src/red-flags/scene.ts';
import { type Row, rowOf } from './rows.ts';

/** Likely enough to be worth learning from. */
const likely = 0.4;

/** Clauses of lines that must raise nothing, each of which is taken for a flag on its own. They are learned from as lines of their own. */
export function hardClauses(rows: readonly Row[], model: Model): Row[] {
  return rows
    .filter(({ flags, said }) => flags.length === 0 && isTaken(said, model))
    .flatMap(({ said }) => {
      const scene = new Scene(said);
      return stretchesOf(scene)
        .slice(1)
        .map(({ start, end }) =>
          scene.words
            .slice(start, end)
            .map(({ word }) => word)
            .join(' '),
        )
        .filter((clause) => isTaken(clause, model));
    })
    .map((said) => rowOf({ flags: [], said }));
}

const isTaken = (said: string, model: Model) =>
  likenessOf(new Scene(said), model).some(({ probability }) => probability > likely);
