import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { refusal } from './outcome.ts';

const faultSwitch = z.strictObject({
  /** `after`: the request is carried out, and its answer then lost in a 504, as behind a gateway. */
  kind: z.enum(['throttle', 'unavailable', 'conflict', 'after']),
  /** How many of the next requests are hit; 0 ends it. */
  next: z.int().min(0).max(10_000),
});

/** Trouble on request, for tests of those who call this server. */
export class FaultSource {
  #kind: z.infer<typeof faultSwitch>['kind'] = 'throttle';
  #left = 0;

  /** @throws ZodError */
  set(body: unknown): void {
    const { kind, next } = faultSwitch.parse(body);
    this.#kind = kind;
    this.#left = next;
  }

  readonly middleware: MiddlewareHandler = async (_, next) => {
    if (this.#left === 0) return next();
    this.#left -= 1;
    switch (this.#kind) {
      case 'throttle':
        throw refusal(429, 'throttled', 'too many requests, on request of a test');
      case 'unavailable':
        throw refusal(503, 'transient', 'out of order, on request of a test');
      case 'conflict':
        throw refusal(409, 'conflict', 'another transaction was first, on request of a test');
      case 'after':
        await next();
        throw refusal(504, 'transient', 'the answer was lost, on request of a test');
    }
  };
}
