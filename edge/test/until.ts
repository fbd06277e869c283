import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition, asking every 20 ms. Throws with `what` after `timeout` ms. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeout = 8000,
): Promise<void> {
  const end = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${timeout} ms: ${what}`);
    await delay(20);
  }
}
