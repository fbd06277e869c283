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
}

/**
 * The end of the caller's turn as the framework asks for it: likely when what was heard answers the question, unlikely when
 * it does not or more was spoken than has been transcribed. Unlikely, the framework waits for its longer delay.
 */
export function turnDetector({ isWhole, isUnheard }: TurnDetectorOptions): Detector {
  return {
    model: 'questionnaire',
    provider: 'vestibule',
    supportsLanguage: async () => true,
    unlikelyThreshold: async () => 0.5,
    predictEndOfTurn: async (context) => (!isUnheard() && isWhole(lastWords(context)) ? 1 : 0),
  };
}

function lastWords({ items }: llm.ChatContext): string {
  const last = items.at(-1);
  return last?.type === 'message' && last.role === 'user' ? (last.textContent ?? '') : '';
}
