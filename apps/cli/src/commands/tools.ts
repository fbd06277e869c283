import type { Command } from 'commander';
import { mintCallToken } from '@vestibule/call-token';
import { loadConfig } from '@vestibule/config';
import { newId } from '@vestibule/core';
import { z } from 'zod';
import { systemEnvironment } from '../environment.ts';
import { CliError } from '../errors.ts';
import { runScript } from '../processes.ts';
import { columns, type Output } from '../terminal.ts';

const answerSchema = z.object({
  result: z.object({ tools: z.array(z.object({ name: z.string(), description: z.string().default('') })) }),
});

/** Seconds that the token of one listing lives. */
const tokenLife = 30;

/** The MCP server's tools and the knowledge behind them. */
export function addToolCommands(program: Command, output: Output, finish: (code: number) => void): void {
  program
    .command('tools')
    .description("the model's tools")
    .command('list')
    .description('ask the MCP server which of the allowed tools it has')
    .option('--config <file>', 'the deployment', 'vestibule.yaml')
    .action(async ({ config }: { config: string }) => {
      const { tools } = await loadConfig(config);
      output.write(columns([['TOOL', 'DESCRIPTION'], ...(await listTools(tools.allow))]));
    });
  program
    .command('knowledge')
    .description('what search_knowledge searches')
    .command('import')
    .description('index a folder of Markdown files in OpenSearch')
    .argument('<folder>')
    .action(async (folder: string) => {
      const { OPENSEARCH_URL } = await systemEnvironment();
      if (OPENSEARCH_URL === undefined)
        throw new CliError('unreachable', 'OPENSEARCH_URL is not set, and there is no local stack');
      finish(await runScript('apps/mcp/src/knowledge/import.ts', [folder], { OPENSEARCH_URL }));
    });
}

async function listTools(allowed: readonly string[]): Promise<string[][]> {
  const { VESTIBULE_MCP_URL: url, VESTIBULE_MCP_SECRET: secret } = await systemEnvironment();
  if (url === undefined || secret === undefined) {
    throw new CliError(
      'unreachable',
      'Set VESTIBULE_MCP_URL and VESTIBULE_MCP_SECRET, or set up the local stack',
    );
  }
  const exp = Math.floor(Date.now() / 1000) + tokenLife;
  const token = mintCallToken({ callId: newId('cli'), verified: false, tools: allowed, exp }, secret);
  const answer = await post(url, token);
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success)
    throw new CliError('unreachable', 'The MCP server did not answer with a list of tools');
  return parsed.data.result.tools.map(({ name, description }) => [name, description.split('\n')[0] ?? '']);
}

async function post(url: string, token: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    });
    return await response.json();
  } catch (cause) {
    throw new CliError(
      'unreachable',
      `The MCP server at ${url} does not answer. Start the local stack: make up`,
      { cause },
    );
  }
}
