import type { Party } from './conversation.ts';
import type { Mouth } from './mouth.ts';

export interface Recording {
  file: string;
  /** 8 kHz, mono. */
  samples: Int16Array;
}

const frameMs = 20;
/** Pauses between the agent's sentences are shorter. */
const silenceMs = 1000;
/** An agent that says nothing is played to all the same. */
const patienceMs = 12_000;
/** When everything has been played and nobody speaks, the call is over. */
const overMs = 20_000;

/** Plays recordings in place of a person: the first after the agent's first silence, each other after its next turn. */
export class Playback implements Party {
  readonly #mouth: Mouth;
  readonly #hooks: { onPlay(file: string): void; hangUp(): void };
  #waiting: Recording[];
  #agentSpoke = false;
  #silent = 0;

  constructor(
    recordings: readonly Recording[],
    mouth: Mouth,
    hooks: { onPlay(file: string): void; hangUp(): void },
  ) {
    this.#waiting = [...recordings];
    this.#mouth = mouth;
    this.#hooks = hooks;
  }

  heard(): void {
    // A recording does not listen.
  }

  step(agentSpeaking: boolean): void {
    this.#agentSpoke ||= agentSpeaking;
    this.#silent = agentSpeaking || this.#mouth.busy ? 0 : this.#silent + frameMs;
    const next = this.#waiting[0];
    if (next && this.#silent >= (this.#agentSpoke ? silenceMs : patienceMs)) {
      this.#waiting.shift();
      this.#agentSpoke = false;
      this.#hooks.onPlay(next.file);
      this.#mouth.play(next.samples);
    } else if (!next && this.#silent === overMs) this.#hooks.hangUp();
  }
}
