import { createInterface } from 'node:readline';
import { type Definition, explainRedFlags, type FiredRedFlag, type Mention } from '@vestibule/questionnaire';
import { CliError } from '../../../errors.ts';
import type { Output } from '../../../terminal.ts';
import { definitionIn } from '../read-file.ts';
import { readLabelled } from './labelled.ts';
import { report } from './report.ts';

export interface FlagsOptions {
  errors?: true;
}

/** What the red flags of a questionnaire hear: in each line of `input`, or counted over a labelled file. */
export async function showFlags(
  file: string,
  labelled: string | undefined,
  { errors }: FlagsOptions,
  output: Output,
  input: NodeJS.ReadableStream,
): Promise<void> {
  const definition = definitionIn(file);
  if (definition.redFlags.length === 0) throw new CliError('bad-argument', `${file}: it has no red flags`);
  if (labelled !== undefined) {
    output.write(report(definition, readLabelled(labelled), { errors: errors ?? false, file: labelled }));
    return;
  }
  for await (const line of createInterface({ input })) {
    if (line.trim() !== '') output.write(`${line.trim()}\n${heard(definition, line)}`);
  }
}

/** How a mention is meant, as people say it. */
const meanings: Record<Mention['status'], string> = {
  affirmed: 'said of now',
  negated: 'denied',
  question: 'asked about',
  hypothetical: 'only supposed',
  figurative: 'a figure of speech',
  historical: 'past',
  'other-person': 'another person’s',
  excused: 'about something else',
};

/** One line for each flag that fires, and for each mention that was held back. */
export function heard(definition: Definition, said: string): string {
  const { fired, mentions } = explainRedFlags(definition, said);
  const lines = [
    ...fired.map((flag) => firing(flag, mentions)),
    ...mentions
      .filter(({ status }) => status !== 'affirmed')
      .map(({ flag, words, status }) => `held back: ${flag}, “${words}”: ${meanings[status]}`),
  ];
  return (lines.length === 0 ? ['nothing'] : lines).map((line) => `  ${line}\n`).join('');
}

/** A phrase of the library may have a page of alternatives. */
function shortened(phrase: string): string {
  return phrase.length <= 80 ? phrase : `${phrase.slice(0, 79)}…`;
}

function firing(
  { id, severity, action, phrase, confirm }: FiredRedFlag,
  mentions: readonly Mention[],
): string {
  const span = mentions.find(({ flag, status }) => flag === id && status === 'affirmed');
  const by =
    phrase === undefined
      ? 'by likeness: no phrase, but the words are like it'
      : `${span ? `“${span.words}”, ` : ''}by the phrase ${shortened(phrase)}`;
  const asked = confirm === undefined ? '' : `, once the caller says yes to “${confirm}”`;
  return `RED FLAG ${id} (${severity}, ${action}): ${by}${asked}`;
}
