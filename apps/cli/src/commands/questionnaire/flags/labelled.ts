import { CliError } from '../../../errors.ts';
import { readLines } from '../read-file.ts';
import { separated } from './separated.ts';

/** An utterance with the flags that it should raise; none: it must raise nothing. */
export interface Labelled {
  line: number;
  flags: readonly string[];
  said: string;
}

const flagNames = ['flag', 'flags', 'expected'];
const saidNames = ['said', 'utterance', 'text'];

/**
 * A table with a header line: `flag` (ids joined by commas, or `none`), `said`, in whatever order; other columns are left alone. Separated by
 * tabs, as in `packages/questionnaire/labels/red-flags`, or by commas with quotes where a cell holds one.
 * @throws CliError `bad-file` with every faulty line.
 */
export function readLabelled(file: string): Labelled[] {
  const { header, rows } = tableIn(file);
  const at = (names: readonly string[]) =>
    header.findIndex((cell) => names.includes(cell.trim().toLowerCase()));
  const [flagAt, saidAt] = [at(flagNames), at(saidNames)];
  if (flagAt === -1 || saidAt === -1)
    throw new CliError(
      'bad-file',
      `${file}:1 the header needs the columns flag and said; it has: ${header.join(', ')}`,
    );
  const faults: string[] = [];
  const labelled = rows.map(({ cells, line }): Labelled => {
    const [flag, said] = [cells[flagAt]?.trim() ?? '', cells[saidAt]?.trim() ?? ''];
    if (flag === '')
      faults.push(`${file}:${line} flag: it is empty. Write none where nothing is to be raised`);
    if (said === '') faults.push(`${file}:${line} said: it is empty`);
    const flags = flag === 'none' ? [] : flag.split(/[,;\s]+/).filter((id) => id !== '');
    return { line, flags, said };
  });
  if (labelled.length === 0) faults.push(`${file}: it has no lines below its header`);
  if (faults.length > 0) throw new CliError('bad-file', faults.join('\n'));
  return labelled;
}

function tableIn(file: string): { header: string[]; rows: { cells: string[]; line: number }[] } {
  const lines = readLines(file);
  const [header, ...rows] = separated(lines.join('\n'), lines[0]?.includes('\t') ? '\t' : ',');
  return { header: header?.cells ?? [], rows };
}
