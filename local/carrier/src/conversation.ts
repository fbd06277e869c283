import { answerItem, type BrainState, newBrain, type Reaction, react, recognise } from './brain.ts';
import type { HeardSegment } from './ears.ts';
import type { Mind } from './mind.ts';
import type { Mouth } from './mouth.ts';

/** Who decides what is done on the caller's side: a persona or a list of recordings. */
export interface Party {
  /** Called every 20 ms; `agentSpeaking` by energy. */
  step(agentSpeaking: boolean): void;
  heard(segment: HeardSegment): void;
}

export interface ConversationHooks {
  onReaction(why: Reaction['why'] | 'interrupts', item?: string): void;
  hangUp(): void;
}

const frameMs = 20;
/** The agent has finished when it has been silent for this long. People take 200 ms; they hear the melody, we do not. */
const endOfTurnMs = 600;
/** So long a recogniser may take for its final words after the silence. */
const finalWithinMs = 1200;
/** After the goodbyes the agent hangs up; if it does not, the person does. */
const afterGoodbyeMs = 8000;

/**
 * Turn-taking: listens until the agent is silent, lets the brain decide, speaks; interrupts where the persona does.
 * Time is counted in frames, so a test runs as fast as it can feed them.
 */
export class Conversation implements Party {
  readonly #mind: Mind;
  readonly #mouth: Mouth;
  readonly #hooks: ConversationHooks;
  #brain: BrainState = newBrain;
  /** By segment number; those dealt with are taken out. */
  #segments = new Map<number, HeardSegment>();
  #consumed = -1;
  #silenceMs = 0;
  #speakingMs = 0;
  #turn = 0;
  #fresh = true;
  #goodbyeMs = -1;

  constructor(mind: Mind, mouth: Mouth, hooks: ConversationHooks) {
    this.#mind = mind;
    this.#mouth = mouth;
    this.#hooks = hooks;
  }

  heard(segment: HeardSegment): void {
    if (segment.segment > this.#consumed && segment.text !== '') this.#segments.set(segment.segment, segment);
  }

  step(agentSpeaking: boolean): void {
    this.#count(agentSpeaking);
    if (this.#mouth.busy) return;
    if (this.#goodbyeMs >= 0) this.#afterGoodbye(agentSpeaking);
    if (agentSpeaking) this.#interrupt();
    else if (this.#silenceMs >= endOfTurnMs && this.#silenceMs % 100 === 0) this.#decide();
  }

  #count(agentSpeaking: boolean): void {
    if (agentSpeaking) {
      if (this.#fresh) this.#turn += 1;
      this.#fresh = false;
      this.#speakingMs += frameMs;
      this.#silenceMs = 0;
      return;
    }
    // What the person says counts as no silence: patience starts anew after it.
    this.#silenceMs = this.#mouth.busy ? 0 : this.#silenceMs + frameMs;
  }

  #decide(): void {
    const segments = [...this.#segments.values()].sort((a, b) => a.segment - b.segment);
    if (segments.some(({ final }) => !final) && this.#silenceMs < finalWithinMs) return;
    const heard = { segments: segments.map(({ text }) => text), silenceMs: this.#silenceMs };
    const { state, reaction } = react(this.#mind, this.#brain, heard);
    this.#brain = state;
    if (reaction) this.#perform(reaction, reaction.why);
  }

  /** Before the end of the agent's turn, once per interruption that the persona lists. */
  #interrupt(): void {
    const { interrupts } = this.#mind.persona.behaviour;
    for (const [index, interruption] of interrupts.entries()) {
      const name = `interrupt:${index}`;
      if (this.#brain.spent.includes(name) || this.#speakingMs < interruption.afterMs) continue;
      if (!this.#applies(interruption)) continue;
      const brain = { ...this.#brain, spent: [...this.#brain.spent, name] };
      const { state, reaction } = answerItem(this.#mind, brain, interruption.item, interruption.says);
      this.#brain = state;
      return this.#perform(reaction, 'interrupts');
    }
  }

  #applies({ item, turn }: { item?: string | undefined; turn?: number | undefined }): boolean {
    if (turn !== undefined) return turn === this.#turn;
    const heard = [...this.#segments.values()].map(({ text }) => text);
    return recognise(this.#mind, this.#brain, heard)?.item === item;
  }

  #perform(reaction: Reaction, why: Reaction['why'] | 'interrupts'): void {
    this.#consumed = Math.max(this.#consumed, ...this.#segments.keys());
    this.#segments.clear();
    this.#silenceMs = 0;
    this.#speakingMs = 0;
    this.#fresh = true;
    if (reaction.why === 'goodbye') this.#goodbyeMs = 0;
    this.#hooks.onReaction(why, reaction.item);
    this.#mouth.perform(reaction.steps);
  }

  #afterGoodbye(agentSpeaking: boolean): void {
    this.#goodbyeMs = agentSpeaking ? 0 : this.#goodbyeMs + frameMs;
    if (this.#goodbyeMs === afterGoodbyeMs) this.#hooks.hangUp();
  }
}
