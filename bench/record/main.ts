import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type AppendsResult, measureAppends } from './appends.ts';
import type { Measured } from './load.ts';
import { measureFold, measureVerify } from './reading.ts';
import { measureTurns } from './turn.ts';

/**
 * The record's figures, as Markdown tables. Every part is bounded by time or number and starts its own Redis.
 * `--small`: a few seconds, to see that it runs; its figures mean nothing.
 */
const { small } = parseArgs({ options: { small: { type: 'boolean', default: false } } }).values;
const size = small
  ? { rounds: 1, ms: 150, turns: 10, others: 2, entries: 500, repeats: 2 }
  : { rounds: 7, ms: 2000, turns: 500, others: 32, entries: 50_000, repeats: 15 };

const print = (text: string) => void process.stdout.write(`${text}\n`);
const row = (...cells: (string | number)[]) => print(`| ${cells.join(' | ')} |`);
const ms = (value: number) => value.toFixed(2);
const whole = (value: number) => Math.round(value).toLocaleString('en');
const latency = ({ p50, p99 }: Measured) => `${ms(p50)} / ${ms(p99)}`;

print(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}${small ? ', SMALL: means nothing' : ''}\n`,
);
row(
  'fsync',
  'entries',
  'XADD/s',
  'append/s',
  'ratio',
  'CallLog/s',
  'XADD P50 / P99 ms',
  'append P50 / P99 ms',
);
row(...Array.from({ length: 8 }, () => '---'));
for (const fsync of ['always', 'everysec'])
  for (const result of await measureAppends(fsync, size)) appendsRow(result);

function appendsRow({ fsync, mode, xadd, append, callLog, ratio, bytes }: AppendsResult): void {
  const rates = [xadd, append].map(({ perSecond }) => whole(perSecond));
  row(
    fsync,
    `${mode}, ${bytes} B`,
    ...rates,
    ratio.toFixed(2),
    whole(callLog.perSecond),
    latency(xadd),
    latency(append),
  );
}

print('\nWrite-ahead, fsync always: ms that a turn waits for acknowledgements before the agent speaks\n');
row('lane', 'other calls', 'P50', 'P99');
row('---', '---', '---', '---');
for (const others of [0, size.others])
  for (const { lane, p50, p99 } of await measureTurns(size.turns, others))
    row(lane, others, ms(p50), ms(p99));

const verified = await measureVerify(size.entries, size.repeats);
print(
  `\nverifyRecord on ${whole(verified.entries)} entries: ${whole(verified.verifiedPerSecond)} entries/s; reading the lines: ${whole(verified.readPerSecond)} entries/s`,
);
const folded = await measureFold(size.repeats);
print(
  `A call of 30 minutes, ${whole(folded.entries)} entries: fold ${ms(folded.p50)} ms (P99 ${ms(folded.p99)}); opened as by a take-over and folded ${ms(folded.openP50)} ms`,
);
