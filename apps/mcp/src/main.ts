import { loadConfig } from '@vestibule/config';
import { describeError, jsonLogger } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { startMcp } from './server.ts';

const logger = jsonLogger('mcp');
try {
  const environment = readEnvironment(process.env);
  const mcp = await startMcp(environment, await loadConfig(environment.config), logger);
  logger.info('listening', { url: mcp.url });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void mcp.stop());
} catch (error) {
  // Before the first request nothing of a caller's is known, so the message may be shown.
  process.stderr.write(
    `the MCP server did not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  logger.error('not started', describeError(error));
  process.exitCode = 1;
}
