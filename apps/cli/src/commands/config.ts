import type { Command } from 'commander';
import { checkConfig } from '@vestibule/config';
import { checkQuestionnaire } from '@vestibule/questionnaire';
import { CliError } from '../errors.ts';
import type { Output } from '../terminal.ts';

export const defaultConfig = 'vestibule.yaml';

/** The deployment's one file: nothing needs to run. */
export function addConfigCommands(program: Command, output: Output): void {
  program
    .command('config')
    .description('vestibule.yaml')
    .command('check')
    .description('say everything that is wrong with it and with its questionnaires, with line and remedy')
    .argument('[file]', 'the deployment', defaultConfig)
    .action(async (file: string) => {
      const result = await checkConfig(file, checkQuestionnaire);
      if (!result.ok) throw new CliError('bad-file', result.output.trimEnd());
      output.write(result.output);
    });
}
