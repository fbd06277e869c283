import { Figures } from './figures.ts';
import { loadPrices } from './prices.ts';
import { costTable, modelOf } from './table.ts';

/** `node infra/cost/main.ts [MODEL]`: the cost table, for the language model named like in vestibule.yaml. */
for (const line of costTable(loadPrices(), Figures.load(), modelOf(process.argv[2] ?? 'bedrock:haiku')))
  process.stdout.write(`${line}\n`);
