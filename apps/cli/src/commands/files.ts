import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { checkConfig } from '@vestibule/config';
import { formatFaults } from '@vestibule/core';
import { checkQuestionnaire } from '@vestibule/questionnaire';
import { resourcesBeside } from '@vestibule/questionnaire/files';
import { CliError } from '../errors.ts';
import type { Output } from '../terminal.ts';

export const defaultConfig = 'vestibule.yaml';

/** Commands on files alone: nothing needs to run. */
export function addFileCommands(program: Command, output: Output): void {
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
  program
    .command('questionnaire')
    .description('questionnaires: the YAML short form or FHIR R4 JSON')
    .command('check')
    .description('say everything that is wrong with one')
    .argument('<file...>')
    .action(async (files: string[]) => {
      for (const file of files) output.write(await checkedQuestionnaire(file));
    });
}

async function checkedQuestionnaire(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('bad-file', `${file}: cannot be read`, { cause });
  });
  const { faults, warnings, summary } = checkQuestionnaire(text, file, { resources: resourcesBeside(file) });
  if (faults.length > 0 || !summary) throw new CliError('bad-file', formatFaults(file, faults));
  const { title, version, questions, required, redFlags } = summary;
  const notes = warnings.length === 0 ? '' : `${formatFaults(file, warnings)}\n`;
  return `${notes}${file} is valid: ${title} ${version}, ${questions} questions (${required} required), ${redFlags} red-flag rules.\n`;
}
