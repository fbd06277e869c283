/** Times of a call, ms. Those with an event as start count from the INVITE. */
export interface Latencies {
  inviteToRingMs?: number;
  inviteToAnswerMs?: number;
  inviteToAgentSpeechMs?: number;
  /** Each turn: the caller's last speech frame to the agent's first. */
  turnsMs: number[];
  turnP50Ms?: number;
  turnP95Ms?: number;
}

/**
 * Measures turn latency from speech frames. A turn counts once, from the end of the caller's last words to the
 * agent's next first word; where the agent spoke while the caller did, or the caller only pressed keys, there is no
 * gap to measure.
 */
export class TurnMeter {
  #callerEnd: number | undefined;
  #agentSpeaking = false;
  #keyed = false;
  readonly #turns: number[] = [];

  callerStarted(): void {
    this.#keyed = false;
    this.#callerEnd = undefined;
  }

  /** @param at of the last frame with speech, ms */
  callerEnded(at: number): void {
    this.#callerEnd = this.#agentSpeaking || this.#keyed ? undefined : at;
  }

  /** @returns the turn's latency, when this is the answer to one. */
  agentStarted(at: number): number | undefined {
    this.#agentSpeaking = true;
    if (this.#callerEnd === undefined || at < this.#callerEnd) return undefined;
    const latency = at - this.#callerEnd;
    this.#callerEnd = undefined;
    this.#turns.push(latency);
    return latency;
  }

  agentEnded(): void {
    this.#agentSpeaking = false;
  }

  /** The end of the words before it may be noticed only after it. */
  keysPressed(): void {
    this.#keyed = true;
    this.#callerEnd = undefined;
  }

  get turns(): readonly number[] {
    return this.#turns;
  }
}

/** The nearest-rank percentile, undefined of nothing. */
export function percentile(values: readonly number[], rank: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)];
}

export function summarise(turns: readonly number[]): Pick<Latencies, 'turnsMs' | 'turnP50Ms' | 'turnP95Ms'> {
  const [p50, p95] = [percentile(turns, 50), percentile(turns, 95)];
  return {
    turnsMs: [...turns],
    ...(p50 === undefined ? {} : { turnP50Ms: p50 }),
    ...(p95 === undefined ? {} : { turnP95Ms: p95 }),
  };
}
