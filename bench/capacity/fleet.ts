export interface FleetOptions {
  callsPerTask: number;
  least: number;
  most: number;
  /** Share of all places that is to be in use. */
  targetLoad: number;
  /** From the decision until a task takes calls, s. */
  startSeconds: number;
  launchesPerSecond: number;
  /** Fewer tasks only after the load was low for so long, s. */
  patienceSeconds: number;
}

/** The agent tasks of an ECS service and its target tracking, looked at once a minute. */
export class Fleet {
  readonly #options: FleetOptions;
  #tasks: number;
  #launching = 0;
  #lowSince: number | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#tasks = options.least;
  }

  get tasks(): number {
    return this.#tasks;
  }

  get places(): number {
    return this.#tasks * this.#options.callsPerTask;
  }

  /** What the service decides. @returns when each new task will be ready, s. A task that holds calls does not end. */
  decide(now: number, held: number, waiting: number): number[] {
    const { callsPerTask, least, most, targetLoad, patienceSeconds } = this.#options;
    const wanted = Math.ceil((held + waiting) / (callsPerTask * targetLoad));
    const desired = Math.min(most, Math.max(least, wanted));
    const coming = this.#tasks + this.#launching;
    if (desired >= coming) {
      this.#lowSince = undefined;
      return this.#launch(now, desired - coming);
    }
    this.#lowSince ??= now;
    if (now - this.#lowSince >= patienceSeconds)
      this.#tasks = Math.max(desired - this.#launching, Math.ceil(held / callsPerTask), least);
    return [];
  }

  /** A zone went: its tasks are gone, and as many are started elsewhere. */
  lose(now: number, share: number): number[] {
    const lost = Math.round(this.#tasks * share);
    this.#tasks -= lost;
    return this.#launch(now, lost);
  }

  ready(): void {
    this.#launching -= 1;
    this.#tasks += 1;
  }

  #launch(now: number, count: number): number[] {
    this.#launching += count;
    const { startSeconds, launchesPerSecond } = this.#options;
    return Array.from({ length: count }, (_, index) => now + startSeconds + index / launchesPerSecond);
  }
}
