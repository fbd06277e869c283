import type { Clock } from '@vestibule/core';
import type { MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';
import type { FaultSwitch } from './schemas.ts';

/** Trouble on request, for tests of those who call this service. */
export class FaultSource {
  #switch: FaultSwitch | undefined;
  readonly #clock: Pick<Clock, 'sleep'>;

  constructor(clock: Pick<Clock, 'sleep'>) {
    this.#clock = clock;
  }

  set(next: FaultSwitch): void {
    this.#switch = next.next === 0 ? undefined : { ...next };
  }

  readonly middleware: MiddlewareHandler = async (context, next) => {
    const fault = this.#take();
    switch (fault?.kind) {
      case undefined:
        return next();
      case 'slow':
        await this.#clock.sleep(fault.ms, context.req.raw.signal);
        return next();
      case 'error':
        return problem(context, 'internal');
      case 'refuse':
        return problem(context, 'out-of-order');
      case 'never-ending':
        return new Response(endless(), { headers: { 'content-type': 'application/json' } });
    }
  };

  #take(): FaultSwitch | undefined {
    const fault = this.#switch;
    if (fault && --fault.next <= 0) this.#switch = undefined;
    return fault;
  }
}

/** JSON white space without end, in 4 KiB pieces. */
function endless(): ReadableStream<Uint8Array> {
  const piece = new Uint8Array(4096).fill(0x20);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}
