import { execFile } from 'node:child_process';
import { StackError } from '../errors.ts';
import { type Context, nodeOf } from '../parts/context.ts';
import { address, ports } from '../ports.ts';

/** Indexes `folder` in OpenSearch by the MCP server's own importer. */
export function importKnowledge(context: Context, folder: string, signal: AbortSignal): Promise<void> {
  const { folders, inherited } = context.environment;
  const options = {
    cwd: folders.root,
    env: { ...inherited, OPENSEARCH_URL: `http://${address(ports.opensearch)}` },
    signal,
  };
  return new Promise((resolve, reject) => {
    execFile(nodeOf(context), ['apps/mcp/src/knowledge/import.ts', folder], options, (error, _, stderr) => {
      if (error)
        reject(
          new StackError('task-failed', `The example knowledge was not indexed: ${stderr.trim()}`, {
            cause: error,
          }),
        );
      else resolve();
    });
  });
}
