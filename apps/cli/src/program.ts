import { Command } from 'commander';
import { addBundleCommands } from './commands/bundle/commands.ts';
import { addEdgeCommands } from './commands/edge/commands.ts';
import { addCallBackCommands } from './commands/call-backs/commands.ts';
import { addConfigCommands } from './commands/config.ts';
import { addKnowledgeCommands } from './commands/knowledge/commands.ts';
import { addLocalCommands } from './commands/local.ts';
import { addQuestionnaireCommands } from './commands/questionnaire/commands.ts';
import { addRecordCommands } from './commands/record/commands.ts';
import { addToolCommands } from './commands/tools/commands.ts';
import type { Output } from './terminal.ts';

/** What works before Node does, and so is no command here. */
const makeTargets = `
In the clone, by make:
  make setup    install what is missing
  make demo     set up, then what \`vestibule demo\` does (PERSONA=FILE: as somebody else)
  make up       set up, then start the stack; make down stops it
  make test     set up and run all tests (ONLY=FOLDER: those in it)
  make check    types, lint, formatting, direction of dependencies
  make bench    print the figures
  make doctor   check the machine`;

/** The whole command line. `finish` is told the exit code where a command has one to tell; `input` is what is typed or piped. */
export function makeProgram(
  output: Output,
  finish: (code: number) => void,
  input: NodeJS.ReadableStream = process.stdin,
): Command {
  const program = new Command('vestibule')
    .description('Phone intake answered by AI. `vestibule <command> --help` says more.')
    .showSuggestionAfterError()
    .addHelpText('after', makeTargets)
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.commands.map((one) => one.name())].join(' '),
    });
  addLocalCommands(program, finish);
  addConfigCommands(program, output);
  addQuestionnaireCommands(program, output, finish, input);
  addEdgeCommands(program, output);
  addBundleCommands(program, output);
  addRecordCommands(program, output);
  addCallBackCommands(program, output);
  addToolCommands(program, output, finish);
  addKnowledgeCommands(program, finish);
  return program;
}
