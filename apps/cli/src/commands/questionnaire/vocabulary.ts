import { vocabularyOf } from '@vestibule/questionnaire';
import type { Output } from '../../terminal.ts';
import { definitionIn, writeText } from './read-file.ts';

export interface VocabularyOptions {
  output?: string;
}

/** Prints or writes the custom vocabulary of these questionnaires; what it cannot hold is told where it is written. */
export function writeVocabulary(files: string[], { output: file }: VocabularyOptions, output: Output): void {
  const { table, left } = vocabularyOf(files.map((one) => definitionIn(one)));
  if (file === undefined) return void output.write(table);
  writeText(file, table);
  const lines = left.map(({ words, because }) => `left out: ${words} (${because})\n`);
  output.write(`${lines.join('')}${table.split('\n').length - 2} phrases in ${file}\n`);
}
