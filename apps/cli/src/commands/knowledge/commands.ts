import type { Command } from 'commander';
import { systemEnvironment } from '../../environment.ts';
import { CliError } from '../../errors.ts';
import { runScript } from '../../processes.ts';

/** What `search_knowledge` searches. */
export function addKnowledgeCommands(program: Command, finish: (code: number) => void): void {
  program
    .command('knowledge')
    .description('what search_knowledge searches')
    .command('import')
    .description('put a folder of Markdown, text and PDF files in the place of what is searched now')
    .argument('<folder>')
    .option('--config <file>', 'the deployment, which may name a model for vectors', 'vestibule.yaml')
    .action(async (folder: string, { config: VESTIBULE_CONFIG }: { config: string }) => {
      const { OPENSEARCH_URL } = await systemEnvironment();
      if (OPENSEARCH_URL === undefined)
        throw new CliError('unreachable', 'OPENSEARCH_URL is not set, and there is no local stack');
      finish(
        await runScript('apps/mcp/src/knowledge/import.ts', [folder], { OPENSEARCH_URL, VESTIBULE_CONFIG }),
      );
    });
}
