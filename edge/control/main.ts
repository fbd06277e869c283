import { atZone, loadConfig } from '@vestibule/config';
import { describeError, jsonLogger, systemClock } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { startControl } from './start.ts';

const logger = jsonLogger('edge-control');
try {
  const environment = readEnvironment(process.env);
  const config = await loadConfig(environment.VESTIBULE_CONFIG);
  const zone = environment.VESTIBULE_ZONE ?? config.edge.zone;
  const control = await startControl({
    config: atZone(config, zone),
    paths: { files: environment.VESTIBULE_EDGE_FILES, run: environment.VESTIBULE_EDGE_RUN },
    clock: systemClock,
    logger: jsonLogger('edge-control', { level: environment.VESTIBULE_LOG_LEVEL }),
  });
  logger.info('ready', { url: control.url });
  process.on('SIGHUP', () => {
    control.reload().then(
      () => logger.info('certificates read again'),
      (error: unknown) => logger.error('certificates not read again', describeError(error)),
    );
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void control.stop());
} catch (error) {
  // Before the first request nothing of a caller's is known, so the message may be shown.
  process.stderr.write(
    `edge/control did not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}
