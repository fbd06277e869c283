import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { S3Notification } from './notification.ts';

export type Handler = (event: S3Notification) => Promise<unknown>;

/** ms before the second and the third attempt. Lambda retries asynchronous invocations twice too, after 1 and 2 minutes. */
const retryAfter = [500, 2000];

/** Invokes `handler` as Lambda does for asynchronous events: three attempts in all, then the event is dropped. */
export async function invoke(
  handler: Handler,
  event: S3Notification,
  clock: Clock,
  logger: Logger,
): Promise<boolean> {
  for (const [attempt, wait] of [...retryAfter, undefined].entries()) {
    try {
      await handler(event);
      logger.info('handler done', { attempt: attempt + 1 });
      return true;
    } catch (error) {
      logger.warn('handler failed', { attempt: attempt + 1, ...describeError(error) });
      if (wait !== undefined) await clock.sleep(wait);
    }
  }
  logger.error('event dropped after its last attempt');
  return false;
}
