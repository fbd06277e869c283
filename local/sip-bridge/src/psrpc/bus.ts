import { describeError, type Logger } from '@vestibule/core';
import { CodedError } from '@vestibule/core';
import { createClient } from 'redis';

/** What psrpc needs of Redis. */
export interface Bus {
  publish(channel: string, payload: Uint8Array): Promise<void>;
  /** Resolves once subscribed, with the function that ends it. */
  subscribe(
    channels: readonly string[],
    hear: (channel: string, payload: Uint8Array) => void,
  ): Promise<() => Promise<void>>;
  /** True for the one who comes first; free again after `seconds`. */
  lock(key: string, value: string, seconds: number): Promise<boolean>;
  close(): void;
}

export type BusErrorCode = 'redis-unavailable';

const retryMs = 200;
const firstTries = 25;

/**
 * Redis by two connections, one for subscriptions. Both come back by themselves, subscriptions too; what is published
 * meanwhile fails at once, as late news is of no use to anybody.
 * @throws CodedError `redis-unavailable` when it cannot be reached within five seconds.
 */
export async function openRedisBus(url: string, logger: Logger): Promise<Bus> {
  const connected = { once: false };
  const reconnectStrategy = (tries: number) =>
    connected.once || tries < firstTries ? retryMs : new Error('given up');
  const common = {
    url,
    RESP: 2,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy },
  } as const;
  const commands = createClient({ ...common, disableOfflineQueue: true });
  const subscriber = createClient(common);
  for (const client of [commands, subscriber])
    client.on('error', (error: unknown) => logger.warn('redis', describeError(error)));
  try {
    await Promise.all([commands.connect(), subscriber.connect()]);
    connected.once = true;
  } catch (cause) {
    for (const client of [commands, subscriber]) if (client.isOpen) client.destroy();
    const message = `SIP_BRIDGE_REDIS: no Redis at ${new URL(url).host}; it must be the one of LiveKit Server`;
    throw new CodedError<BusErrorCode>('redis-unavailable', message, { cause });
  }
  return {
    publish: async (channel, payload) => void (await commands.publish(channel, Buffer.from(payload))),
    subscribe: async (channels, hear) => {
      const listener = (message: Buffer, channel: Buffer) => hear(channel.toString(), message);
      await subscriber.subscribe([...channels], listener, true);
      return () => subscriber.unsubscribe([...channels], listener, true);
    },
    lock: async (key, value, seconds) =>
      (await commands.set(key, value, {
        expiration: { type: 'EX', value: seconds },
        condition: 'NX',
      })) === 'OK',
    close: () => {
      for (const client of [commands, subscriber]) client.destroy();
    },
  };
}
