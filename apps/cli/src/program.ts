import { Command } from 'commander';
import { addBundleCommands } from './commands/bundle/commands.ts';
import { addEdgeCommands } from './commands/edge/commands.ts';
import { addFileCommands } from './commands/files.ts';
import { addLocalCommands } from './commands/local.ts';
import { addRecordCommands } from './commands/record/commands.ts';
import { addToolCommands } from './commands/tools.ts';
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

/** The whole command line. `finish` is told the exit code of a program that a command started. */
export function makeProgram(output: Output, finish: (code: number) => void): Command {
  const program = new Command('vestibule')
    .description('Phone intake answered by AI. `vestibule <command> --help` says more.')
    .showSuggestionAfterError()
    .addHelpText('after', makeTargets)
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.commands.map((one) => one.name())].join(' '),
    });
  addLocalCommands(program, finish);
  addFileCommands(program, output);
  addEdgeCommands(program, output);
  addBundleCommands(program, output);
  addRecordCommands(program, output);
  addToolCommands(program, output, finish);
  return program;
}
