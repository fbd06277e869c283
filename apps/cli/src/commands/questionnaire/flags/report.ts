import { shareWords } from '@vestibule/core';
import { type Definition, redFlagsIn } from '@vestibule/questionnaire';
import { isWrong, type Judged, type Row, rowOf, rowOfAll } from '@vestibule/questionnaire/red-flag-scoring';
import { CliError } from '../../../errors.ts';
import { columns } from '../../../terminal.ts';
import { heard } from './flags.ts';
import type { Labelled } from './labelled.ts';

type Line = Labelled & Judged;

/**
 * Recall and false alarms with Wilson's 95 % intervals, for each flag and for all. Lines whose flags the questionnaire has not are named and
 * not counted.
 */
export function report(
  definition: Definition,
  labelled: readonly Labelled[],
  { errors, file }: { errors: boolean; file: string },
): string {
  const ids = definition.redFlags.map(({ id }) => id);
  const foreign = labelled.filter(({ flags }) => flags.length > 0 && !flags.some((id) => ids.includes(id)));
  const counted = labelled.filter((line) => !foreign.includes(line));
  if (counted.length === 0) {
    throw new CliError(
      'bad-argument',
      `${file}: none of its lines is about a flag of this questionnaire, which has ${ids.join(', ')}`,
    );
  }
  const lines = counted.map((line): Line => ({
    ...line,
    flags: line.flags.filter((id) => ids.includes(id)),
    fired: redFlagsIn(definition, line.said).map(({ id }) => id),
  }));
  const rows = [rowOfAll(lines), ...ids.map((id) => rowOf(id, lines))];
  return [
    columns([['flag', 'recall (95 %)', 'false alarms (95 %)', 'fires besides'], ...rows.map(cells)]),
    `${lines.length} lines. Fires besides: on lines about other flags.\n`,
    leftOut(foreign),
    errors ? wrongLines(definition, lines, file) : '',
  ].join('');
}

function cells({ flag, recall, falseAlarms, besides }: Row): string[] {
  return [flag, shareWords(recall), shareWords(falseAlarms), `${besides.hits}/${besides.of}`];
}

function leftOut(lines: readonly Labelled[]): string {
  if (lines.length === 0) return '';
  const flags = [...new Set(lines.flatMap((line) => line.flags))];
  const count = lines.length === 1 ? '1 line is' : `${lines.length} lines are`;
  return `${count} left out: the questionnaire has no ${flags.join(', ')}.\n`;
}

function wrongLines(definition: Definition, lines: readonly Line[], file: string): string {
  const wrong = lines.filter(isWrong);
  if (wrong.length === 0) return 'No line went wrong.\n';
  return wrong
    .map(({ line, flags, said }) => {
      const missed = flags.length > 0 ? `missed ${flags.join(', ')}` : 'false alarm';
      return `\n${file}:${line} ${missed}: ${said}\n${heard(definition, said)}`;
    })
    .join('');
}
