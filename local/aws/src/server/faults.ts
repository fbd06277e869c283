import { z } from 'zod';
import type { Clock } from '@vestibule/core';
import type { Exchange } from './exchange.ts';
import { jsonType, speaksAwsJson } from './protocol.ts';
import {
  internalFailure,
  services,
  throttled,
  unavailable,
  type Service,
  type ServiceError,
} from './service-error.ts';

const kinds = [
  ...(['throttle', 'error', 'unavailable', 'reset', 'clean-end', 'slow', 'stall'] as const),
  ...(['late-final', 'other-final'] as const),
] as const;

/**
 * A failure to play. `after` is how many events (frames of an event stream, pieces of audio, entries of PutEvents)
 * still pass first; 0 means before the response begins. `ms` is the delay of `slow`. `count` is how many requests it strikes.
 * Of Transcribe, `late-final` holds back the first final result that has the word `like` by `ms`, and `other-final` has it say `words` in place of what
 * its interim results said.
 */
const faultSchema = z.object({
  service: z.enum(services).optional(),
  kind: z.enum(kinds),
  after: z.number().int().min(0).default(0),
  ms: z.number().int().min(0).max(600_000).default(5_000),
  count: z.number().int().min(1).max(1_000).default(1),
  like: z.string().max(100).optional(),
  words: z.string().max(1_000).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** Thrown to leave an operation whose response has been cut on purpose. */
export class Cut extends Error {}

const maximumPlanned = 100;

/** Faults planned for coming requests, by `POST /_local/faults`. */
export class FaultPlan {
  #planned: Fault[] = [];

  /** @returns what is wrong with `document`, or undefined when it was taken. */
  add(document: unknown): string | undefined {
    const parsed = faultSchema.safeParse(document);
    if (!parsed.success) return z.prettifyError(parsed.error);
    if (this.#planned.length >= maximumPlanned) return 'too many planned faults';
    this.#planned.push(parsed.data);
    return undefined;
  }

  clear(): void {
    this.#planned = [];
  }

  list(): readonly Fault[] {
    return this.#planned;
  }

  /** The fault of this request: its own header's, else the oldest planned one for its service. */
  take(service: Service, header: string | undefined): Fault | undefined {
    const asked = header === undefined ? undefined : parseFaultHeader(header);
    if (asked) return asked;
    const at = this.#planned.findIndex((fault) => fault.service === undefined || fault.service === service);
    const fault = this.#planned[at];
    if (!fault) return undefined;
    if (fault.count > 1) this.#planned[at] = { ...fault, count: fault.count - 1 };
    else this.#planned.splice(at, 1);
    return fault;
  }
}

/** `x-local-aws-fault: reset;after=2` or `slow;ms=1500`. Anything else is no fault. */
export function parseFaultHeader(header: string): Fault | undefined {
  const [kind, ...rest] = header.split(';').map((part) => part.trim());
  const settings = rest.map((part) => {
    const [name = '', value = ''] = part.split('=');
    return [name.trim(), Number(value)] as const;
  });
  return faultSchema.safeParse({ kind, ...Object.fromEntries(settings) }).data;
}

/** Plays a fault when its moment has come; stands between an operation and its exchange. */
export class FaultGate {
  readonly #exchange: Exchange;
  readonly #service: Service;
  readonly #fault: Fault | undefined;
  readonly #clock: Clock;
  #sent = 0;
  #isPlayed = false;

  constructor(exchange: Exchange, service: Service, fault: Fault | undefined, clock: Clock) {
    this.#exchange = exchange;
    this.#service = service;
    this.#fault = fault;
    this.#clock = clock;
  }

  /** Before each final result of Transcribe, of these words. @returns those that it is to say, where it is not to say its own. */
  async passFinal(heard: readonly string[]): Promise<string | undefined> {
    const fault = this.#fault;
    if (fault?.kind !== 'late-final' && fault?.kind !== 'other-final') return undefined;
    if (this.#isPlayed || (fault.like !== undefined && !heard.includes(fault.like))) return undefined;
    this.#isPlayed = true;
    if (fault.kind === 'other-final') return fault.words;
    await this.#clock.sleep(fault.ms, this.#exchange.signal);
    return undefined;
  }

  /**
   * Before the response begins (`event` false) and before each of its events.
   * @throws ServiceError for failures the service itself reports, Cut once the response has been cut.
   */
  async pass(event: boolean): Promise<void> {
    const fault = this.#fault;
    if (!fault) return;
    const due = event ? this.#sent++ === fault.after && fault.after > 0 : fault.after === 0;
    if (!due) return;
    switch (fault.kind) {
      case 'slow':
        return this.#clock.sleep(fault.ms, this.#exchange.signal);
      case 'stall':
        await this.#clock.sleep(3_600_000, this.#exchange.signal);
        throw new Cut();
      case 'reset':
        this.#exchange.reset();
        throw new Cut();
      case 'clean-end':
        if (!this.#exchange.opened) this.#exchange.open(200, emptyStream(this.#service));
        this.#exchange.end();
        throw new Cut();
      case 'throttle':
      case 'error':
      case 'unavailable':
        throw reported(fault.kind, this.#service);
      case 'late-final':
      case 'other-final':
        return;
    }
  }
}

function reported(kind: 'throttle' | 'error' | 'unavailable', service: Service): ServiceError {
  if (kind === 'throttle') return throttled(service);
  return kind === 'error' ? internalFailure(service) : unavailable(service);
}

function emptyStream(service: Service): Record<string, string> {
  if (speaksAwsJson(service)) return { 'content-type': jsonType };
  return { 'content-type': service === 'polly' ? 'audio/pcm' : 'application/vnd.amazon.eventstream' };
}
