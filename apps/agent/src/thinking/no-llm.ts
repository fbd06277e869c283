import { llm } from '@livekit/agents';

/** The framework wants a model before it asks for answers. Ours come from `Thinking`, by the agent's llmNode. */
export class NoLlm extends llm.LLM {
  label(): string {
    return 'vestibule.Thinking';
  }

  chat(): llm.LLMStream {
    throw new Error('answers come from the agent’s llmNode');
  }
}
