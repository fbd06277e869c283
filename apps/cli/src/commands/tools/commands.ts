import type { Command } from 'commander';
import { loadConfig } from '@vestibule/config';
import { newId, parseJson } from '@vestibule/core';
import { CliError } from '../../errors.ts';
import { columns, type Output } from '../../terminal.ts';
import { checkTools } from './check.ts';
import { type Caller, closeAll, notReached, reachServers, type ReachedTool, toolsOf } from './servers.ts';

const configOption = ['--config <file>', 'the deployment', 'vestibule.yaml'] as const;
const effects = { reads: 'reads', once: 'acts, once a key', acts: 'acts' } as const;

/** The model's tools, on all servers of a deployment. */
export function addToolCommands(program: Command, output: Output, finish: (code: number) => void): void {
  const tools = program.command('tools').description("the model's tools");
  tools
    .command('list')
    .description('the allowed tools that the MCP servers have, and what a call of each does')
    .option(...configOption)
    .action(async ({ config }: { config: string }) => {
      const reached = await reachServers(await loadConfig(config), undefined);
      const rows = toolsOf(reached).map(({ name, tool, link }) => [
        name,
        link.server.name,
        effects[tool.effect],
        tool.description.slice(0, 80),
      ]);
      await closeAll(reached);
      output.write(columns([['TOOL', 'SERVER', 'A CALL', 'DESCRIPTION'], ...rows]));
      const lost = reached.filter(({ link }) => link === undefined);
      if (lost.length > 0) throw new CliError('unreachable', lost.map(notReached).join('\n'));
    });
  tools
    .command('call')
    .description('call a tool as a call of a caller would; one that acts needs --yes')
    .argument('<name>')
    .argument('<arguments>', 'JSON object')
    .option(...configOption)
    .option('--verified <number>', 'as a verified caller from this number (E.164)')
    .option('--unverified', 'as a caller whom nobody vouches for (so it is without either)')
    .option('--yes', 'do what it does')
    .action(async (name: string, text: string, options: CallOptions) => {
      const result = await callTool(name, readObject(text), options);
      output.write(`${result.text}\n`);
      finish(result.failed ? 1 : 0);
    });
  tools
    .command('check')
    .description('are the servers there, with every allowed tool, fit to be given to a model?')
    .option(...configOption)
    .action(async ({ config }: { config: string }) => {
      const lines = await checkTools(config);
      output.write(lines.length === 0 ? 'Every allowed tool is there.\n' : `${lines.join('\n')}\n`);
      finish(lines.length === 0 ? 0 : 1);
    });
}

interface CallOptions {
  config: string;
  verified?: string;
  unverified?: boolean;
  yes?: boolean;
}

async function callTool(name: string, args: Record<string, unknown>, options: CallOptions) {
  const reached = await reachServers(await loadConfig(options.config), callerOf(options));
  try {
    const tools = toolsOf(reached);
    const found = tools.find((one) => one.name === name);
    if (!found) throw notFound(name, tools);
    if (found.tool.effect !== 'reads' && options.yes !== true)
      throw new CliError(
        'bad-argument',
        `${name} acts on ${found.link.server.name}. Nothing was done; add --yes`,
      );
    return await found.link.call(found.tool.name, args, newId('cli'));
  } finally {
    await closeAll(reached);
  }
}

function callerOf({ verified, unverified }: CallOptions): Caller {
  if (verified !== undefined && unverified === true)
    throw new CliError('bad-argument', 'A caller is either verified or not');
  if (verified !== undefined && !/^\+[1-9]\d{6,14}$/.test(verified))
    throw new CliError('bad-argument', '--verified takes the caller’s number, such as +15550100123');
  return verified;
}

const notFound = (name: string, tools: readonly ReachedTool[]) =>
  new CliError('not-found', `There is no tool ${name}. There is: ${tools.map((one) => one.name).join(', ')}`);

function readObject(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new CliError(
    'bad-argument',
    'The arguments are to be one JSON object, such as \'{"query":"parking"}\'',
  );
}
