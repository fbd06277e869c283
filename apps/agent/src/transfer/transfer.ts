import { type Clock, describeError, type Logger } from '@vestibule/core';
import type { CallLog } from '@vestibule/record';
import type { StaffLeg } from './staff-leg.ts';
import { step } from './step.ts';
import type {
  Effect,
  Notice,
  Person,
  Timer,
  TransferEvent,
  TransferOutcome,
  TransferState,
  Whisper,
} from './types.ts';

export interface TransferOptions {
  people: readonly Person[];
  log: Pick<CallLog, 'append'>;
  leg: Pick<StaffLeg, 'dial' | 'refer' | 'whisper' | 'open' | 'drop' | 'adopt' | 'letGo' | 'close'>;
  clock: Clock;
  logger: Logger;
  /** What staff are told. */
  whisperWords: (whisper: Whisper) => string;
  /** Says something to the caller. */
  tell: (notice: Notice) => void;
  /** The log refused an entry: the call is another worker's. */
  onRefused: (error: unknown) => void;
}

/** Carries out a transfer: one event after the other, and of each the effects in their order, nothing before its entry is acknowledged. */
export class Transfer {
  readonly #options: TransferOptions;
  readonly #outcome = Promise.withResolvers<TransferOutcome>();
  readonly #timers = new Map<Timer, AbortController>();
  readonly #events: TransferEvent[] = [];
  #state: TransferState;
  #isWorking = false;
  #isStopped = false;

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#state = { people: options.people, at: -1, phase: 'idle' };
  }

  get phase(): TransferState['phase'] {
    return this.#state.phase;
  }

  /** Resolves with how it ended. `joined`: after a take-over, who was with the caller by the log. */
  run(earlier?: { joined: Person | undefined }): Promise<TransferOutcome> {
    if (!earlier) this.post({ kind: 'begin' });
    else {
      const { joined } = earlier;
      // Whoever is with the caller is the first and only one of the list from then on.
      const isThere = joined !== undefined && this.#options.leg.adopt(joined, 0);
      this.post({ kind: 'resume', joined, isThere });
    }
    return this.#outcome.promise;
  }

  post(event: TransferEvent): void {
    this.#events.push(event);
    if (!this.#isWorking) void this.#work();
  }

  /** The call is left to another worker: nothing more is done. */
  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) timer.abort();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      for (let event = this.#events.shift(); event && !this.#isStopped; event = this.#events.shift()) {
        const [state, effects] = step(this.#state, event);
        this.#state = state;
        for (const effect of effects) await this.#carryOut(effect, state);
      }
    } catch (error) {
      this.stop();
      this.#options.onRefused(error);
    }
    this.#isWorking = false;
  }

  async #carryOut(effect: Effect, { people, at }: TransferState): Promise<void> {
    if (this.#isStopped) return;
    const { leg, log, logger, tell, whisperWords } = this.#options;
    const person = people[at];
    switch (effect.do) {
      case 'record': {
        const { step: name, code } = effect;
        const about = people[effect.at];
        logger.info('transfer', { step: name, ...(code === undefined ? {} : { code }) });
        await log.append('transfer', {
          step: name,
          ...(about ? { staff: about.name, mode: about.mode } : {}),
          ...(code === undefined ? {} : { code }),
        });
        return;
      }
      case 'dial':
        return void leg.dial(person!, at);
      case 'refer':
        return void leg.refer(person!, at);
      case 'whisper': {
        const piiText = whisperWords(effect.words);
        await log.append('said', { piiText, source: 'script', to: 'staff' });
        return void leg.whisper(piiText, at);
      }
      case 'open':
        return void leg.open(at);
      case 'drop':
        return leg.drop();
      case 'tell':
        return tell(effect.words);
      case 'timer':
        return this.#arm(effect.timer, effect.ms, at);
      case 'finish':
        return this.#finish(effect.outcome);
    }
  }

  #arm(timer: Timer, ms: number, at: number): void {
    this.#timers.get(timer)?.abort();
    const stop = new AbortController();
    this.#timers.set(timer, stop);
    void this.#options.clock.sleep(ms, stop.signal).then(() => {
      if (!stop.signal.aborted) this.post({ kind: 'time', timer, at });
    });
  }

  /** The caller is spoken to while staff's side is still being closed, unless they stay with the caller. */
  async #finish(outcome: TransferOutcome): Promise<void> {
    this.stop();
    this.#outcome.resolve(outcome);
    const { leg } = this.#options;
    if (outcome === 'joined') return leg.letGo();
    await leg
      .close()
      .catch((error: unknown) => this.#options.logger.warn('staff side not closed', describeError(error)));
  }
}
