import { describeError, isCodedError, jsonLogger } from '@vestibule/core';
import { dispose } from '@livekit/rtc-node';
import { SipBridge } from './bridge.ts';
import { readEnvironment } from './environment.ts';

/** Stand-in for LiveKit SIP: `node local/sip-bridge/src/main.ts`. First SIGTERM drains, the second ends at once. */
const logger = jsonLogger('sip-bridge');

async function main(): Promise<void> {
  const bridge = await SipBridge.start({ ...readEnvironment(process.env), logger });
  const { address, port } = bridge.local;
  logger.info('ready', { listen: `${address}:${port}`, standIn: 'for LiveKit SIP' });
  const stop = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = () => {
    signals++;
    logger.info('stopping', { calls: bridge.calls });
    if (signals === 1) void bridge.drained().then(stop.resolve);
    else stop.resolve();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  await stop.promise;
  await bridge.close();
  await dispose();
  process.exit(0);
}

main().catch((error: unknown) => {
  logger.error('cannot start', describeError(error));
  // These name a setting or a port, nothing of a caller's.
  if (isCodedError(error, 'invalid-environment', 'address-in-use', 'redis-unavailable'))
    process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
