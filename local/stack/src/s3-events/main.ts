import { pathToFileURL } from 'node:url';
import { describeError, jsonLogger, systemClock } from '@vestibule/core';
import { StackError } from '../errors.ts';
import { readS3EventsEnvironment } from './environment.ts';
import { type Handler, invoke } from './invoke.ts';
import { s3EventsServer } from './server.ts';

/**
 * Stands in for S3 event notifications with Lambda behind them. The handler is loaded by path: nothing here imports an
 * app, and the app does not know of this.
 */
const logger = jsonLogger('s3-events');

async function loadHandler(path: string): Promise<Handler> {
  const module = (await import(pathToFileURL(path).href)) as { handler?: unknown };
  if (typeof module.handler !== 'function') throw new StackError('usage', 'the module exports no handler');
  return module.handler as Handler;
}

try {
  const { host, port, handler: path, suffix } = readS3EventsEnvironment(process.env);
  const handler = await loadHandler(path);
  const server = s3EventsServer(suffix, (event) => void invoke(handler, event, systemClock, logger));
  server.listen(port, host, () => logger.info('listening', { port }));
  process.once('SIGTERM', () => server.close(() => process.exit(0)));
} catch (error) {
  logger.error('cannot start', describeError(error));
  process.exit(1);
}
