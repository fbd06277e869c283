import {
  type CallPath,
  type CallPaths,
  callPaths,
  callTime,
  graphSvg,
  questionGraph,
} from '@vestibule/questionnaire';
import type { Output } from '../../terminal.ts';
import { definitionIn, writeText } from './read-file.ts';

export interface PathsOptions {
  svg?: string;
  language?: string;
}

/** Prints the shortest and the longest way through a questionnaire; draws its graph where a file is named. */
export function showPaths(file: string, { svg, language }: PathsOptions, output: Output): void {
  const definition = definitionIn(file, language === undefined ? {} : { language });
  const paths = callPaths(definition);
  const { shortest, longest, reasons } = paths;
  output.write(
    [
      `${definition.title} ${definition.version}`,
      `shortest: ${sizeOf(shortest, 'at least')}`,
      `longest:  ${sizeOf(longest, 'at most')}`,
      ...reasons.map((reason) => `These are bounds: ${reason}.`),
      '',
      pathLine('shortest', shortest),
      pathLine('longest', longest),
      '',
      assumptions,
      '',
    ].join('\n'),
  );
  if (svg === undefined) return;
  writeText(svg, graphSvg(questionGraph(definition), notesOf(paths)));
  output.write(`The graph is in ${svg}.\n`);
}

const assumptions =
  `Expected: every question answered at the first attempt, repeats once, no red flag ends the call; prompts and answers at ` +
  `${callTime.wordsPerMinute} words a minute, ${callTime.beginSeconds} s until the caller begins, ${callTime.turnSeconds} s until the next sentence; ` +
  `read-backs that are always due are counted, those on doubt, greeting, consent and good-bye are not.`;

function pathLine(name: string, { questions, exact }: CallPath): string {
  return `${name} path${exact ? '' : ' (a bound: perhaps no call takes it)'}: ${questions.join(' → ')}`;
}

function notesOf({ shortest, longest }: CallPaths): string[] {
  return [`Shortest: ${sizeOf(shortest, 'at least')}. Longest: ${sizeOf(longest, 'at most')}.`];
}

function sizeOf({ questions, seconds, exact }: CallPath, bound: string): string {
  const count = `${questions.length} ${questions.length === 1 ? 'question' : 'questions'}`;
  return `${exact ? '' : `${bound} `}${count}, ${(seconds / 60).toFixed(1)} minutes expected`;
}
