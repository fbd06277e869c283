import { describeError, jsonLogger } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { startLocalFhir } from './server.ts';

const logger = jsonLogger('local-fhir-stand-in');
try {
  const server = await startLocalFhir(readEnvironment(process.env), logger);
  logger.info('ready: a stand-in for a FHIR server, in memory', { url: server.url });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop());
} catch (error) {
  process.stderr.write(`local-fhir (stand-in) did not start: ${String(error)}\n`);
  logger.error('not started', describeError(error));
  process.exitCode = 1;
}
