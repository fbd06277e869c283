import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { StackError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';

/** Without a name: which logs there are. With one: its last lines; `-f` follows it. */
export async function logsCommand(
  { folders }: Environment,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const names = existsSync(folders.log)
    ? readdirSync(folders.log).flatMap((file) => (file.endsWith('.log') ? [file.slice(0, -4)] : []))
    : [];
  const follow = args.includes('-f');
  const name = args.find((arg) => arg !== '-f');
  if (name === undefined) {
    terminal.write(`Logs in .local/log: ${names.sort().join(', ') || 'none yet'}\n`);
    return 0;
  }
  if (!names.includes(name)) {
    throw new StackError(
      'usage',
      `There is no log ${name}. There are: ${names.sort().join(', ') || 'none yet'}`,
    );
  }
  const tail = spawn('tail', ['-n', '50', ...(follow ? ['-F'] : []), join(folders.log, `${name}.log`)], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => tail.once('exit', (code) => resolve(code ?? 0)));
}
