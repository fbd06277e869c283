import { readFileSync } from 'node:fs';

export interface Question {
  asked: string;
  /** Id of the example document that answers it. */
  document: string;
  /** Whether it is of the part that was written before its documents were. */
  isNew: boolean;
}

/** The first questions are older than the search that they are put to, and were looked at when it was made. */
const older = 31;

export const questions: readonly Question[] = readFileSync(new URL('questions.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line, index) => {
    const [asked = '', document = ''] = line.split('\t');
    return { asked, document, isNew: index >= older };
  });
