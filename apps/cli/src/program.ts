import { Command } from 'commander';
import { addFileCommands } from './commands/files.ts';
import { addLocalCommands } from './commands/local.ts';
import { addRecordCommands } from './commands/record/commands.ts';
import { addToolCommands } from './commands/tools.ts';
import type { Output } from './terminal.ts';

/** The whole command line. `finish` is told the exit code of a program that a command started. */
export function makeProgram(output: Output, finish: (code: number) => void): Command {
  const program = new Command('vestibule')
    .description('Phone intake answered by AI. `vestibule <command> --help` says more.')
    .showSuggestionAfterError()
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.commands.map((one) => one.name())].join(' '),
    });
  addLocalCommands(program, finish);
  addFileCommands(program, output);
  addRecordCommands(program, output);
  addToolCommands(program, output, finish);
  return program;
}
