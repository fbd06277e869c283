import { loadConfig } from '@vestibule/config';
import { CodedError } from '@vestibule/core';
import { callCommand } from './commands/call.ts';
import { checkCommand } from './commands/check.ts';
import { demoCommand } from './commands/demo.ts';
import { downCommand } from './commands/down.ts';
import { clientEnvironment } from './commands/env.ts';
import { execCommand } from './commands/exec.ts';
import { logsCommand } from './commands/logs.ts';
import { statusCommand } from './commands/status.ts';
import { superviseCommand } from './commands/supervise.ts';
import { upCommand } from './commands/up.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { StackError } from './errors.ts';
import { makeFolders } from './folders.ts';
import { localSecrets } from './secrets.ts';
import { standardTerminal, type Terminal } from './terminal.ts';

const usage =
  'usage: node local/stack/src/main.ts up | down | status | demo [--persona FILE] | call OPTIONS | logs [NAME] [-f] | check | env | exec COMMAND';

async function localClientEnvironment(environment: Environment): Promise<Record<string, string>> {
  makeFolders(environment.folders);
  const { archive } = await loadConfig(environment.config);
  return clientEnvironment({ environment, secrets: localSecrets(environment.folders) }, archive.bucket);
}

async function run(args: readonly string[], environment: Environment, terminal: Terminal): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case 'up':
      return upCommand(environment, terminal);
    case 'down':
      return downCommand(environment, terminal);
    case 'status':
      return statusCommand(environment, terminal);
    case 'demo':
      return demoCommand(environment, rest, terminal);
    case 'call':
      return callCommand(environment, rest, { terminal, toPerson: process.stdout.isTTY });
    case 'logs':
      return logsCommand(environment, rest, terminal);
    case 'check':
      return checkCommand(environment, terminal);
    case 'env':
      terminal.write(`${JSON.stringify(await localClientEnvironment(environment))}\n`);
      return 0;
    case 'exec':
      return execCommand(environment, rest, terminal);
    case 'supervise':
      return superviseCommand(environment);
    default:
      throw new StackError('usage', usage);
  }
}

// `… | head` closes the pipe before we are done: that ends us, and what we started, without a fuss.
process.stdout.on('error', () => process.exit(1));

try {
  const terminal = standardTerminal(process.stdout, process.env);
  process.exitCode = await run(process.argv.slice(2), readEnvironment(process.env), terminal);
} catch (error) {
  // Messages of our own are made for people; anything else is a bug and shows where it comes from.
  process.stderr.write(
    `${error instanceof CodedError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
