import type { Command } from 'commander';
import { attemptOf, CallBackQueue } from '@vestibule/record';
import { systemEnvironment } from '../../environment.ts';
import { CliError } from '../../errors.ts';
import { columns, type Output } from '../../terminal.ts';

/** Callers who are to be called back. */
export function addCallBackCommands(program: Command, output: Output): void {
  const callBacks = program.command('call-backs').description('callers who are to be called back');
  callBacks
    .command('list')
    .description('which calls are answered when, and the how-manieth attempt it is; no numbers')
    .action(() =>
      withQueue(async (queue) => {
        const rows = (await queue.list()).map(({ id, at }) => {
          const { attempt = '', origin = '' } = attemptOf(id) ?? {};
          return [id, origin, String(attempt), new Date(at).toISOString()];
        });
        output.write(columns([['CALL-BACK', 'ANSWERS', 'ATTEMPT', 'DUE'], ...rows]));
      }),
    );
  callBacks
    .command('cancel')
    .description('call that caller no more: one that is ringing is the last')
    .argument('<call-back>', 'as `call-backs list` names it')
    .action((id: string) =>
      withQueue(async (queue) => {
        if (!(await queue.cancel(id)))
          throw new CliError(
            'not-found',
            `${id} is not to be made. \`vestibule call-backs list\` shows what is`,
          );
        output.write(`${id} will not be made.\n`);
      }),
    );
}

async function withQueue(work: (queue: CallBackQueue) => Promise<void>): Promise<void> {
  const { VESTIBULE_LOG_URL: url } = await systemEnvironment();
  if (url === undefined)
    throw new CliError('bad-argument', 'VESTIBULE_LOG_URL is missing: it says where the log store is');
  const queue = await CallBackQueue.connect(url, () => {});
  try {
    await work(queue);
  } finally {
    queue.close();
  }
}
