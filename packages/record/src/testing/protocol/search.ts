import { canonical, keyOf } from './canonical.ts';
import {
  type Bounds,
  mayAct,
  type Rules,
  start,
  type State,
  type Step,
  steps,
  type Worker,
} from './protocol-model.ts';

export interface Violation {
  invariant: string;
  /** The shortest way there. */
  trace: string[];
}

export interface Outcome {
  states: number;
  steps: number;
  /** How many steps the farthest state is away. */
  depth: number;
  violation?: Violation;
}

/**
 * Goes to every state that can be reached, the nearest first, until an invariant is broken or all are seen. `onStep` sees every step.
 * @throws Error when there are more than `limit` states
 */
export function explore(
  bounds: Bounds,
  rules: Rules,
  { limit = 4_000_000, onStep = (_before: State, _step: Step): void => {} } = {},
): Outcome {
  const seen = new Seen();
  let level: [at: number, State][] = [[seen.enter(start, '', 0).at, start]];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const [from, state] of level) {
      if (isOwned(state)) seen.goals.push(from);
      for (const step of steps(state, bounds, rules)) {
        count += 1;
        onStep(state, step);
        const invariant = brokenBy(state, step);
        if (invariant !== undefined) {
          const trace = [...seen.wayTo(from), step.name];
          return { states: seen.size, steps: count, depth, violation: { invariant, trace } };
        }
        const reached = canonical(step.state, rules);
        const { at, isNew } = seen.enter(reached, step.name, from);
        if (!step.fault) seen.link(from, at);
        if (isNew) next.push([at, reached]);
      }
    }
    if (seen.size > limit) throw new Error(`more than ${limit} states`);
    level = next;
    if (level.length === 0) return { states: seen.size, steps: count, depth, ...stuckIn(seen) };
  }
  throw new Error('unreachable');
}

/** The states that were seen, how each was reached first, and which lead where without a fault. */
class Seen {
  /** Where a worker that is alive has the call, or none is alive. */
  readonly goals: number[] = [];
  readonly #index = new Map<string, number>();
  readonly #via: string[] = [];
  readonly #parent: number[] = [];
  #links = new Int32Array(1 << 16);
  #linked = 0;

  get size(): number {
    return this.#via.length;
  }

  enter(state: State, via: string, parent: number): { at: number; isNew: boolean } {
    const key = keyOf(state);
    const known = this.#index.get(key);
    if (known !== undefined) return { at: known, isNew: false };
    const at = this.size;
    this.#index.set(key, at);
    this.#via.push(via);
    this.#parent.push(parent);
    return { at, isNew: true };
  }

  link(from: number, to: number): void {
    if (this.#linked + 2 > this.#links.length) {
      const grown = new Int32Array(this.#links.length * 2);
      grown.set(this.#links);
      this.#links = grown;
    }
    this.#links[this.#linked++] = from;
    this.#links[this.#linked++] = to;
  }

  wayTo(state: number): string[] {
    const way: string[] = [];
    for (let at = state; at !== 0; at = this.#parent[at]!) way.push(this.#via[at]!);
    return way.reverse();
  }

  /** Some state from which no goal is reached without a fault, if there is one. */
  deadEnd(): number | undefined {
    const reaches = new Uint8Array(this.size);
    for (const at of this.goals) reaches[at] = 1;
    for (let changed = true; changed;) {
      changed = false;
      for (let i = this.#linked - 2; i >= 0; i -= 2) {
        const from = this.#links[i]!;
        if (reaches[from] || !reaches[this.#links[i + 1]!]) continue;
        reaches[from] = 1;
        changed = true;
      }
    }
    const at = reaches.indexOf(0);
    return at < 0 ? undefined : at;
  }
}

function stuckIn(seen: Seen): { violation?: Violation } {
  const at = seen.deadEnd();
  if (at === undefined) return {};
  return { violation: { invariant: 'a free call is claimed in the end', trace: seen.wayTo(at) } };
}

function isOwned({ workers, store }: State): boolean {
  if (workers.every(({ status }) => status === 'crashed')) return true;
  return workers.some((worker) => mayAct(worker) && worker.joined && worker.fence === store.lease?.fence);
}

const isHeard = ({ status, speaking }: Worker) => status === 'running' && speaking;

/** The invariant that `step` breaks, if it does. */
function brokenBy(before: State, { request, effect, state }: Step): string | undefined {
  const { workers, store } = state;
  if (workers.every(isHeard)) return 'never two speakers at once';
  const grew = store.log.length > before.store.log.length;
  if (grew && request?.kind === 'append' && request.fence !== before.store.fence)
    return 'no append of a stale writer is accepted';
  if (store.log.some(({ previous }, i) => previous !== (store.log[i - 1]?.id ?? 0)))
    return 'the log never forks';
  const ids = store.log.map(({ id }) => id);
  if (workers.some(({ log = [], receipts }) => log.slice(0, receipts).some((id, i) => id !== ids[i])))
    return 'what was acknowledged is never lost';
  if (effect !== undefined && !ids.includes(effect)) return 'no effect without its entry';
  return undefined;
}
