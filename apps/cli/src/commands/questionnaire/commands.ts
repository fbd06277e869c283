import type { Command } from 'commander';
import type { Output } from '../../terminal.ts';
import { checkFiles, type CheckOptions } from './check.ts';
import { type FlagsOptions, showFlags } from './flags/flags.ts';
import { type PathsOptions, showPaths } from './paths.ts';
import { rehearse, type TryOptions } from './try/rehearse.ts';
import { type VocabularyOptions, writeVocabulary } from './vocabulary.ts';

/** Commands for who writes questionnaires: nothing needs to run, nothing is stored. */
export function addQuestionnaireCommands(
  program: Command,
  output: Output,
  finish: (code: number) => void,
  input: NodeJS.ReadableStream,
): void {
  const questionnaire = program
    .command('questionnaire')
    .description('questionnaires: the YAML short form or FHIR R4 JSON');
  questionnaire
    .command('check')
    .description(
      'say everything that is wrong with them, with line and path; exit code 1 when there are faults',
    )
    .argument('<file...>')
    .option('--json', 'findings as JSON, for CI')
    .option('--strict', 'warnings count as faults')
    .action((files: string[], options: CheckOptions) => {
      if (!checkFiles(files, options, output)) finish(1);
    });
  questionnaire
    .command('try')
    .description('take the call in this terminal, as typed words, with the real engine and no model')
    .argument('<file>')
    .option(
      '--answers <file>',
      'one line for each answer, instead of the terminal; exit code 1 when it does not complete',
    )
    .option('--response <file>', 'write the QuestionnaireResponse there at the end')
    .option('--today <date>', 'the day of the call, YYYY-MM-DD')
    .option('--language <code>', 'ask in that language, where the questionnaire is translated')
    .action(async (file: string, options: TryOptions) => {
      if (!(await rehearse(file, options, output, input))) finish(1);
    });
  questionnaire
    .command('paths')
    .description('the shortest and the longest call, with the time expected; draws the question graph')
    .argument('<file>')
    .option('--svg <file>', 'draw the graph there')
    .option('--language <code>', 'in that language, where the questionnaire is translated')
    .action((file: string, options: PathsOptions) => showPaths(file, options, output));
  questionnaire
    .command('flags')
    .description(
      'what its red flags hear in utterances, one a line from standard input; or how often they are right',
    )
    .argument('<file>')
    .argument('[labelled]', 'TSV or CSV with the columns flag and said')
    .option('--errors', 'show the lines that went wrong')
    .action(async (file: string, labelled: string | undefined, options: FlagsOptions) =>
      showFlags(file, labelled, options, output, input),
    );
  questionnaire
    .command('vocabulary')
    .description('what callers are likely to say, as a custom vocabulary for Amazon Transcribe')
    .argument('<file...>')
    .option('--output <file>', 'write it there')
    .action((files: string[], options: VocabularyOptions) => writeVocabulary(files, options, output));
}
