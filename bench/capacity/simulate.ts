import { Agenda } from './agenda.ts';
import type { Fleet } from './fleet.ts';
import { Random } from './random.ts';

/** Places of which a call needs one from its first to its last second, the same number in each zone. */
export interface Places {
  name: string;
  perZone: number;
}

export interface Scenario {
  seed: number;
  /** s */
  seconds: number;
  zones: number;
  /** New calls a second at a time. */
  rate: (at: number) => number;
  /** The most that `rate` gives. */
  peakRate: number;
  /** Length of a call, s. */
  length: (random: Random) => number;
  places: readonly Places[];
  /** Where calls wait until one takes them; without it nobody waits. */
  fleet?: Fleet;
  /** How long a caller lets it ring, s, mean; Infinity: for ever. */
  patienceSeconds: number;
  metricSeconds?: number;
  lostZone?: { at: number; seconds: number; redialShare: number; redialSeconds: number };
  /** Told once a second. */
  onSecond?: (now: Snapshot) => void;
}

export interface Snapshot {
  at: number;
  /** Calls that somebody speaks with. */
  held: number;
  waiting: number;
  /** New ones in this second. */
  arrived: number;
  zonesUp: number;
  tasks: number;
}

export interface Outcome {
  arrived: number;
  /** By what had no place for them. */
  refused: Map<string, number>;
  /** Gave up waiting. */
  abandoned: number;
  cutOff: number;
  /** Most calls that a take-over found no agent for at once. */
  squeezed: number;
  /** How long each answered call waited, s. */
  waits: number[];
}

interface Call {
  zone: number;
  seconds: number;
  since: number;
  state: 'waiting' | 'held' | 'over';
}

type Happening =
  | { kind: 'arrival' | 'redial' | 'metric' | 'ready' | 'second' | 'lost' | 'back' }
  | { kind: 'end' | 'impatience'; call: Call };

/** Calls, one by one, from their INVITE to their BYE. */
export function simulate(scenario: Scenario): Outcome {
  return new Simulation(scenario).run();
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #random: Random;
  readonly #agenda = new Agenda<Happening>();
  readonly #used: number[];
  readonly #queue: Call[] = [];
  /** By zone, for when it is lost. */
  readonly #up: Set<Call>[];
  #head = 0;
  #held = 0;
  #waiting = 0;
  #arrivedNow = 0;
  #nextZone = 0;
  #lost: number | undefined;
  readonly #outcome: Outcome = {
    arrived: 0,
    refused: new Map(),
    abandoned: 0,
    cutOff: 0,
    squeezed: 0,
    waits: [],
  };

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#random = new Random(scenario.seed);
    this.#used = Array.from({ length: scenario.zones }, () => 0);
    this.#up = Array.from({ length: scenario.zones }, () => new Set<Call>());
  }

  run(): Outcome {
    const { seconds, fleet, metricSeconds = 60, lostZone, onSecond } = this.#scenario;
    this.#plan(0, 'arrival');
    if (onSecond) for (let at = 1; at <= seconds; at++) this.#plan(at, 'second');
    if (fleet) for (let at = metricSeconds; at < seconds; at += metricSeconds) this.#plan(at, 'metric');
    if (lostZone) this.#plan(lostZone.at, 'lost');
    while (!this.#agenda.isEmpty) {
      const { at, what } = this.#agenda.next();
      if (at > seconds) break;
      this.#happen(at, what);
    }
    return this.#outcome;
  }

  #plan(at: number, kind: Exclude<Happening['kind'], 'end' | 'impatience'>): void {
    this.#agenda.enter(at, { kind });
  }

  #happen(now: number, what: Happening): void {
    switch (what.kind) {
      case 'arrival':
        return this.#arrival(now);
      case 'redial':
        return this.#admit(now);
      case 'end':
        return this.#end(now, what.call);
      case 'impatience':
        return this.#giveUp(what.call);
      case 'metric':
        return this.#scale(now);
      case 'ready':
        this.#scenario.fleet!.ready();
        return this.#takeNext(now);
      case 'second':
        return this.#tell(now);
      case 'lost':
        return this.#lose(now);
      case 'back':
        this.#lost = undefined;
    }
  }

  /** Thinned from the busiest rate, so that the rate may change at any time. */
  #arrival(now: number): void {
    const { rate, peakRate } = this.#scenario;
    this.#plan(now + this.#random.exponential(1 / peakRate), 'arrival');
    if (this.#random.next() * peakRate < rate(now)) this.#admit(now);
  }

  #admit(now: number): void {
    const { places, length, fleet, patienceSeconds } = this.#scenario;
    this.#outcome.arrived += 1;
    this.#arrivedNow += 1;
    const zone = this.#zoneWithRoom();
    if (zone === undefined) {
      const name = places.toSorted((a, b) => a.perZone - b.perZone)[0]!.name;
      this.#outcome.refused.set(name, (this.#outcome.refused.get(name) ?? 0) + 1);
      return;
    }
    const call: Call = { zone, seconds: length(this.#random), since: now, state: 'waiting' };
    this.#used[zone]! += 1;
    this.#up[zone]!.add(call);
    if (!fleet || (this.#waiting === 0 && this.#held < fleet.places)) return this.#answer(now, call);
    this.#queue.push(call);
    this.#waiting += 1;
    const patience = this.#random.exponential(patienceSeconds);
    if (patience < Infinity) this.#agenda.enter(now + patience, { kind: 'impatience', call });
  }

  /** In turn; a full zone sends the call on to the next one (503). */
  #zoneWithRoom(): number | undefined {
    const { zones, places } = this.#scenario;
    const most = Math.min(Infinity, ...places.map(({ perZone }) => perZone));
    for (let tries = 0; tries < zones; tries++) {
      const zone = this.#nextZone++ % zones;
      if (zone !== this.#lost && this.#used[zone]! < most) return zone;
    }
    return undefined;
  }

  #answer(now: number, call: Call): void {
    call.state = 'held';
    this.#held += 1;
    this.#outcome.waits.push(now - call.since);
    this.#agenda.enter(now + call.seconds, { kind: 'end', call });
  }

  #takeNext(now: number): void {
    const { fleet } = this.#scenario;
    while (this.#waiting > 0 && this.#held < fleet!.places) {
      const call = this.#queue[this.#head++]!;
      if (call.state !== 'waiting') continue;
      this.#waiting -= 1;
      this.#answer(now, call);
    }
  }

  #end(now: number, call: Call): void {
    if (call.state !== 'held') return;
    this.#leave(call);
    this.#held -= 1;
    if (this.#waiting > 0) this.#takeNext(now);
  }

  #giveUp(call: Call): void {
    if (call.state !== 'waiting') return;
    this.#leave(call);
    this.#waiting -= 1;
    this.#outcome.abandoned += 1;
  }

  #leave(call: Call): void {
    call.state = 'over';
    this.#used[call.zone]! -= 1;
    this.#up[call.zone]!.delete(call);
  }

  #scale(now: number): void {
    for (const at of this.#scenario.fleet!.decide(now, this.#held, this.#waiting)) this.#plan(at, 'ready');
  }

  /** The last zone: its edge and LiveKit SIP take their calls along, its agents leave theirs to others. */
  #lose(now: number): void {
    const { zones, fleet, lostZone } = this.#scenario;
    const { seconds, redialShare, redialSeconds } = lostZone!;
    const zone = zones - 1;
    this.#lost = zone;
    this.#plan(now + seconds, 'back');
    for (const call of [...this.#up[zone]!]) {
      if (call.state === 'held') this.#held -= 1;
      else this.#waiting -= 1;
      this.#leave(call);
      this.#outcome.cutOff += 1;
      if (this.#random.next() < redialShare)
        this.#plan(now + this.#random.exponential(redialSeconds), 'redial');
    }
    if (!fleet) return;
    for (const at of fleet.lose(now, 1 / zones)) this.#plan(at, 'ready');
    this.#outcome.squeezed = Math.max(0, this.#held - fleet.places);
  }

  #tell(now: number): void {
    const { onSecond, fleet, zones } = this.#scenario;
    onSecond?.({
      at: now,
      held: this.#held,
      waiting: this.#waiting,
      arrived: this.#arrivedNow,
      zonesUp: this.#lost === undefined ? zones : zones - 1,
      tasks: fleet?.tasks ?? 0,
    });
    this.#arrivedNow = 0;
  }
}
