import { describeError, jsonLogger } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { startFlorizel } from './server.ts';

const logger = jsonLogger('florizel-stand-in');
try {
  const florizel = await startFlorizel(readEnvironment(process.env), logger);
  logger.info('ready: a stand-in for the enterprise backend, with synthetic people', { url: florizel.url });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void florizel.stop());
} catch (error) {
  // Nothing of a caller's is known yet, so the message may be shown.
  process.stderr.write(`florizel (stand-in) did not start: ${String(error)}\n`);
  logger.error('not started', describeError(error));
  process.exitCode = 1;
}
