import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checkConfig, loadConfig } from '@vestibule/config';
import { formatFaults } from '@vestibule/core';
import { renderEdge, writeEdge } from '@vestibule/edge-config';
import { checkQuestionnaire } from '@vestibule/questionnaire';
import { CliError } from '../errors.ts';
import type { Output } from '../terminal.ts';

const defaultConfig = 'vestibule.yaml';

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
  program
    .command('edge')
    .description('files of the edge hosts')
    .command('render')
    .description('render kamailio.cfg, rtpengine.conf and the lists from vestibule.yaml')
    .argument('[file]', 'the deployment', defaultConfig)
    .option('--out <folder>', 'write them there; without it they are printed')
    .option('--run <folder>', 'where the daemons keep sockets and process ids', '/run/vestibule')
    .action((file: string, options: { out?: string; run: string }) => renderCommand(file, options, output));
}

async function checkedQuestionnaire(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('bad-file', `${file}: cannot be read`, { cause });
  });
  const { faults, warnings, summary } = checkQuestionnaire(text, file);
  if (faults.length > 0 || !summary) throw new CliError('bad-file', formatFaults(file, faults));
  const { title, version, questions, required, redFlags } = summary;
  const notes = warnings.length === 0 ? '' : `${formatFaults(file, warnings)}\n`;
  return `${notes}${file} is valid: ${title} ${version}, ${questions} questions (${required} required), ${redFlags} red-flag rules.\n`;
}

async function renderCommand(
  file: string,
  { out, run }: { out?: string; run: string },
  output: Output,
): Promise<void> {
  const config = await loadConfig(file);
  const paths = { files: resolve(out ?? '/etc/vestibule'), run: resolve(run) };
  if (out === undefined) {
    for (const { path, text } of renderEdge(config, { paths }).files)
      output.write(`# --- ${path}\n${text}\n`);
    return;
  }
  for (const written of await writeEdge(config, { paths })) output.write(`${written}\n`);
}
