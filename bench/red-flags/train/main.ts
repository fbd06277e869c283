/**
 * Makes the weights of the likeness lane, or (with --folds 4) says how it does on development lines that it was not made from.
 *
 *   node bench/red-flags/train/main.ts [--folds 4]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { likenessOf } from '../../../packages/questionnaire/src/red-flags/likeness/likeness.ts';
import { modelFrom } from '../../../packages/questionnaire/src/red-flags/likeness/model.ts';
import { redFlagLibrary } from '../../../packages/questionnaire/src/red-flags/library/index.ts';
import { Scene } from '../../../packages/questionnaire/src/red-flags/scene.ts';
import { judge, rowOfAll } from '../score.ts';
import { table } from '../tables.ts';
import { fit } from './fit.ts';
import { hardClauses } from './hard.ts';
import { developmentLabels, type Row, rowOf, trainingRows } from './rows.ts';

const size = 14_000;
const { values } = parseArgs({ options: { folds: { type: 'string', default: '0' } } });
const flags = [...redFlagLibrary.keys()];
const folds = Number(values.folds);

if (folds > 1) crossValidate();
else {
  const file = new URL(
    '../../../packages/questionnaire/src/red-flags/likeness/weights.json',
    import.meta.url,
  );
  const model = train(trainingRows());
  writeFileSync(file, `${JSON.stringify(model)}\n`);
  console.log(`${model.features.length} features, ${model.flags.length} flags`);
}

/** Twice: what the first weights take for a flag in lines that have none is learned from as well. */
function train(rows: readonly Row[]) {
  const first = modelFrom(fit(rows, flags, size));
  return fit([...rows, ...hardClauses(rows, first)], flags, size);
}

function crossValidate(): void {
  const labels = developmentLabels();
  const others = trainingRows().slice(0, -labels.length);
  const inFold = (fold: number) => labels.filter((_, at) => at % folds === fold);
  const models = Array.from({ length: folds }, (_, fold) => {
    const rest = labels.filter((_, at) => at % folds !== fold).map(rowOf);
    return modelFrom(train([...others, ...rest]));
  });
  const rows = [0.5, 0.6, 0.7, 0.8, 0.9].map((limit) => {
    const judged = models.flatMap((model, fold) =>
      judge(inFold(fold), (said) =>
        likenessOf(new Scene(said), model).flatMap(({ flag, probability }) =>
          probability > limit ? [flag] : [],
        ),
      ),
    );
    return { ...rowOfAll(judged), flag: String(limit) };
  });
  console.log(table('likeness alone, from', rows));
}
