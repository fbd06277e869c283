import type { llm } from '@livekit/agents';

/** What agents-js takes as a text-based turn detector; it does not export the type. */
export interface Detector {
  readonly model: string;
  readonly provider: string;
  supportsLanguage: () => Promise<boolean>;
  unlikelyThreshold: () => Promise<number>;
  predictEndOfTurn: (context: llm.ChatContext) => Promise<number>;
}

export interface TurnDetectorOptions {
  isWhole: (words: string) => boolean;
  /** True while something was spoken whose words have not come yet. */
  isUnheard: () => boolean;
  /** ms of silence that end a turn of words which are not whole. */
  patience: (words: string) => number;
  /** Told before the framework waits for its longer delay how long that is, ms. */
  onPatience: (ms: number) => void;
}

/** So long words that were spoken are waited for, ms: recognisers take 1.5 s in one of twenty cases. */
const unheardMs = 1800;

/**
 * The end of the caller's turn as the framework asks for it: likely when what was heard answers the question, unlikely when
 * it does not or more was spoken than has been transcribed. Unlikely, the framework waits for its longer delay, which is the patience of what is asked.
 */
export function turnDetector({ isWhole, isUnheard, patience, onPatience }: TurnDetectorOptions): Detector {
  let told: number | undefined;
  const tell = (ms: number) => {
    if (ms !== told) onPatience(ms);
    told = ms;
  };
  return {
    model: 'questionnaire',
    provider: 'vestibule',
    supportsLanguage: async () => true,
    unlikelyThreshold: async () => 0.5,
    predictEndOfTurn: async (context) => {
      const words = lastWords(context);
      const waits = isUnheard();
      if (!waits && isWhole(words)) return 1;
      tell(waits ? Math.max(patience(words), unheardMs) : patience(words));
      return 0;
    },
  };
}

function lastWords({ items }: llm.ChatContext): string {
  const last = items.at(-1);
  return last?.type === 'message' && last.role === 'user' ? (last.textContent ?? '') : '';
}
