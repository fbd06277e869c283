import { join } from 'node:path';
import type { Clock } from '@vestibule/core';
import { StackError } from '../errors.ts';
import { type Child, type Ending, startChild } from './child.ts';
import { lastLines } from './last-lines.ts';
import { inStartOrder, inStopOrder, needs, type Part, type ProcessPart, type TaskPart } from './part.ts';

/** What happens to a part, for whoever shows it. `ms` is how long it took. */
export type StackEvent =
  | { readonly kind: 'starting'; readonly part: Part }
  | { readonly kind: 'ready'; readonly part: Part; readonly ms: number }
  | { readonly kind: 'exited'; readonly part: ProcessPart; readonly reason: string }
  | { readonly kind: 'restarted'; readonly part: ProcessPart; readonly ms: number }
  | { readonly kind: 'stopped'; readonly part: ProcessPart; readonly ms: number };

export interface SupervisorOptions {
  readonly parts: readonly Part[];
  /** What every part inherits, with the marker by which left-over processes are found. */
  readonly env: Readonly<Record<string, string>>;
  readonly logFolder: string;
  /** Notes each child, so that the next run can clean up after a kill -9 of this one. */
  readonly children: { readonly add: (pid: number) => void };
  readonly clock: Clock;
  readonly onEvent?: (event: StackEvent) => void;
}

/** ms between two attempts of a readiness probe. */
const probeEvery = 50;
const defaultReadyWithin = 60_000;
const defaultStopWithin = 5_000;
/** As systemd and ECS do it: a part that ends is started again, until it has ended so often within a minute. */
const restartAfter = 300;
const mostRestarts = 5;
const restartWindow = 60_000;

/**
 * Starts parts as their dependencies allow, watches them, starts again what ends by itself, stops them in reverse. Good for one
 * start and one stop.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #parts: readonly Part[];
  readonly #stopOrder: readonly Part[];
  readonly #children = new Map<string, Child>();
  readonly #exits = new Map<string, number[]>();
  #isStarted = false;
  readonly #abort = new AbortController();
  readonly #fault = Promise.withResolvers<StackError>();
  #stopping: Promise<void> | undefined;

  /** @throws RangeError when the parts' dependencies make no sense. */
  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#parts = inStartOrder(options.parts);
    this.#stopOrder = inStopOrder(options.parts);
  }

  /** Resolves when a part fails: it did not become ready, or ends again and again. The rest still runs; call `stop()`. */
  get fault(): Promise<StackError> {
    return this.#fault.promise;
  }

  pidOf(name: string): number | undefined {
    return this.#children.get(name)?.pid;
  }

  /** @throws StackError of the first part that failed; what had started is still to be stopped. */
  async start(): Promise<void> {
    const ready = new Map<string, Promise<void>>();
    for (const part of this.#parts) {
      ready.set(
        part.name,
        this.#startAfter(
          part,
          part.after.map((name) => ready.get(name) ?? Promise.resolve()),
        ),
      );
    }
    const fault = this.fault.then((error) => {
      throw error;
    });
    await Promise.race([Promise.all(ready.values()), fault]);
    this.#isStarted = true;
  }

  /** Stops what runs, dependents before what they depend on. Never throws; may be called at any time, again too. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #startAfter(part: Part, earlier: readonly Promise<void>[]): Promise<void> {
    try {
      await Promise.all(earlier);
      if (this.#abort.signal.aborted) throw new StackError('interrupted', 'The start was given up');
      const began = this.#options.clock.monotonic();
      this.#emit({ kind: 'starting', part });
      await (part.kind === 'task' ? this.#runTask(part) : this.#startProcess(part));
      this.#emit({ kind: 'ready', part, ms: this.#options.clock.monotonic() - began });
    } catch (error) {
      this.#abort.abort();
      if (error instanceof StackError && error.code !== 'interrupted') this.#fault.resolve(error);
      throw error;
    }
  }

  async #runTask(part: TaskPart): Promise<void> {
    try {
      await part.run(this.#abort.signal);
    } catch (error) {
      if (error instanceof StackError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new StackError('task-failed', `${part.title} failed: ${reason}`, { cause: error });
    }
  }

  async #startProcess(part: ProcessPart): Promise<void> {
    const isAgain = this.#children.has(part.name);
    const child = startChild(part, { ...this.#options.env, ...part.env }, this.#logFile(part), isAgain);
    this.#children.set(part.name, child);
    if (child.pid !== undefined) this.#options.children.add(child.pid);
    void child.ended.then((ending) => this.#ended(part, ending));
    const { clock } = this.#options;
    const deadline = clock.monotonic() + (part.readyWithin ?? defaultReadyWithin);
    while (!(await part.ready(this.#abort.signal))) {
      if (child.hasEnded()) throw this.#exitError(part, await child.ended);
      if (this.#abort.signal.aborted) throw new StackError('interrupted', 'The start was given up');
      if (clock.monotonic() >= deadline) {
        throw new StackError('not-ready', `${part.title} does not answer. ${this.#logHint(part)}`);
      }
      await clock.sleep(probeEvery, this.#abort.signal);
    }
    // Someone else may answer in the place of a child that has died.
    if (child.hasEnded()) throw this.#exitError(part, await child.ended);
  }

  #ended(part: ProcessPart, ending: Ending): void {
    if (this.#stopping) return;
    const error = this.#exitError(part, ending);
    this.#emit({ kind: 'exited', part, reason: error.message });
    if (!this.#isStarted || this.#endsTooOften(part)) this.#fault.resolve(error);
    else void this.#restart(part);
  }

  #endsTooOften({ name }: ProcessPart): boolean {
    const now = this.#options.clock.monotonic();
    const recent = (this.#exits.get(name) ?? []).filter((at) => now - at < restartWindow);
    this.#exits.set(name, [...recent, now]);
    return recent.length >= mostRestarts;
  }

  /** What was set up in the part after its start is set up again: it may have kept nothing. */
  async #restart(part: ProcessPart): Promise<void> {
    const { clock } = this.#options;
    const began = clock.monotonic();
    await clock.sleep(part.restartAfter ?? restartAfter, this.#abort.signal);
    if (this.#stopping) return;
    try {
      await this.#startProcess(part);
      const tasks = this.#parts.filter((one) => one.kind === 'task' && one.after.includes(part.name));
      for (const task of tasks) await this.#runTask(task as TaskPart);
      this.#emit({ kind: 'restarted', part, ms: clock.monotonic() - began });
    } catch (error) {
      // One that ended while it started has been seen to already.
      if (error instanceof StackError && error.code !== 'exited' && !this.#stopping)
        this.#fault.resolve(error);
    }
  }

  async #stopAll(): Promise<void> {
    this.#abort.abort();
    const stopped = new Map<string, Promise<void>>();
    for (const part of this.#stopOrder) {
      const dependents = this.#parts.filter((other) => needs(other).includes(part.name));
      stopped.set(
        part.name,
        this.#stopAfter(
          part,
          dependents.map((other) => stopped.get(other.name) ?? Promise.resolve()),
        ),
      );
    }
    await Promise.all(stopped.values());
  }

  async #stopAfter(part: Part, later: readonly Promise<void>[]): Promise<void> {
    await Promise.all(later);
    const child = this.#children.get(part.name);
    if (!child || part.kind === 'task') return;
    const began = this.#options.clock.monotonic();
    await child.stop(part.stopWithin ?? defaultStopWithin);
    this.#emit({ kind: 'stopped', part, ms: this.#options.clock.monotonic() - began });
  }

  #exitError(part: ProcessPart, ending: Ending): StackError {
    if (ending.error?.code === 'ENOENT') {
      return new StackError(
        'not-installed',
        `${part.title} cannot start: setpriv is missing (package util-linux)`,
      );
    }
    const how = ending.signal === null ? `with code ${ending.code}` : `by ${ending.signal}`;
    return new StackError('exited', `${part.title} ended ${how}. ${this.#logHint(part)}`);
  }

  #logHint(part: ProcessPart): string {
    const lines = lastLines(this.#logFile(part), 5);
    return `Log: ${this.#logFile(part)}${lines.map((line) => `\n    ${line}`).join('')}`;
  }

  #logFile(part: Part): string {
    return join(this.#options.logFolder, `${part.name}.log`);
  }

  #emit(event: StackEvent): void {
    this.#options.onEvent?.(event);
  }
}
