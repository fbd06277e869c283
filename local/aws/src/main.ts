import { describeError, isCodedError, jsonLogger } from '@vestibule/core';
import { readEnvironment } from './environment.ts';
import { startLocalAws } from './start.ts';

const log = jsonLogger('local-aws');

try {
  const environment = readEnvironment(process.env);
  const server = await startLocalAws(environment, { log });
  const stop = () => {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  process.stdout.write(
    `local-aws (a stand-in for Amazon Transcribe, Bedrock, Polly, KMS and EventBridge, not AWS) ready on http://${server.host}:${server.port} ` +
      `(latency ${environment.latency}, seed ${environment.seed})\n`,
  );
} catch (error) {
  log.error('local-aws did not start', describeError(error));
  if (isCodedError(error, 'invalid-environment', 'did-not-start', 'unusable-file'))
    process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
