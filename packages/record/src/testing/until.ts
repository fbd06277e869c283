import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until `ask` gives something other than undefined or false; what it throws counts as "not yet". @throws Error after `ms`. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false>,
  ms = 20_000,
): Promise<Value> {
  const end = performance.now() + ms;
  let last: unknown = 'nothing';
  while (performance.now() < end) {
    try {
      const value = await ask();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = error;
    }
    await pause(10);
  }
  throw new Error(`${what}: not within ${ms} ms`, { cause: last });
}
