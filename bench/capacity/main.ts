import { Figures } from '../../infra/cost/figures.ts';
import { breakingTable, morningTables, sizingTable } from './report.ts';

/** `node bench/capacity/main.ts [SEED]`: what breaks first, what so many calls need, and Monday morning. */
const seed = Number(process.argv[2] ?? 1);
const figures = Figures.load();
const say = (lines: readonly string[]) => void process.stdout.write(`${lines.join('\n')}\n\n`);
say([`seed ${seed}`]);
say(breakingTable(figures, seed));
say(sizingTable(figures));
say(morningTables(figures, seed));
