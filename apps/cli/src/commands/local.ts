import type { Command } from 'commander';
import { join } from 'node:path';
import { root, runProcess, runScript } from '../processes.ts';

const stack = 'local/stack/src/main.ts';

/** What runs on one machine. Each is a program of its own; these commands only start it. */
export function addLocalCommands(program: Command, finish: (code: number) => void): void {
  const start = async (script: string, ...args: string[]) => finish(await runScript(script, args));
  program
    .command('demo')
    .description('take one spoken call through everything, show it, stop')
    .option('--persona <file>', 'who calls (see examples/personas)')
    .action(({ persona }: { persona?: string }) =>
      start(stack, 'demo', ...(persona === undefined ? [] : ['--persona', persona])),
    );
  for (const [name, description] of [
    ['up', 'start the stack on this machine and keep it running'],
    ['down', 'stop it'],
    ['status', 'say whether it runs, and its processes'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .action(() => start(stack, name));
  }
  program
    .command('logs')
    .description('list the logs of the stack, or show one')
    .argument('[name]', 'agent-1, kamailio, livekit …')
    .option('-f, --follow', 'go on as it grows')
    .action((name: string | undefined, { follow }: { follow?: true }) =>
      start(stack, 'logs', ...(name === undefined ? [] : [name]), ...(follow ? ['-f'] : [])),
    );
  program
    .command('call')
    .description('one call to the stack that is up: --persona FILE or --wav FILE… (call --help for all)')
    .allowUnknownOption()
    .helpOption(false)
    .argument('[options...]')
    .action((options: string[]) => start(stack, 'call', ...options));
  program
    .command('doctor')
    .description('check tools, versions, ports, disk, memory and clock')
    .action(async () => finish(await runProcess('bash', [join(root, 'local/setup/doctor.sh')])));
  program
    .command('bench')
    .description('print the figures: word error rate, item accuracy, latencies')
    .action(async () => finish(await runProcess('make', ['--no-print-directory', '-C', root, 'bench'])));
}
