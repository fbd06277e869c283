import { CodedError } from '@vestibule/core';
import { LLM as BedrockLLM, STT as TranscribeSTT, TTS as PollyTTS } from '@vestibule/agents-plugin-aws';
import type { Config, LlmModel, SttModel, TtsModel } from '@vestibule/config';
import type { llm, stt, tts } from '@livekit/agents';

export interface Models {
  stt: stt.STT;
  llm: llm.LLM;
  tts: tts.TTS;
  /** As the log has them: provider and model. */
  names: { stt: string; llm: string; tts: string };
}

type Constructor<T> = new (options: Record<string, unknown>) => T;

/**
 * What listens, understands and speaks for one call, as `agent.models` names them: AWS through our own plugin,
 * anything else through the LiveKit plugin of that name.
 * @throws CodedError `no-plugin` when a plugin lacks the part.
 */
export async function createModels({ agent, region }: Config): Promise<Models> {
  const { stt, llm, tts } = agent.models;
  const endpoint = (provider: string) => agent.endpoints[provider];
  return {
    stt:
      stt.provider === 'transcribe'
        ? transcribe(stt, agent, region)
        : await plugin<stt.STT>(stt, 'STT', endpoint),
    llm: llm.provider === 'bedrock' ? bedrock(llm, region) : await plugin<llm.LLM>(llm, 'LLM', endpoint),
    tts: tts.provider === 'polly' ? polly(tts, region) : await plugin<tts.TTS>(tts, 'TTS', endpoint),
    names: { stt: name(stt), llm: name(llm), tts: name(tts) },
  };
}

const name = ({ provider, model }: { provider: string; model: string }) => `${provider}:${model}`;

function transcribe(
  { language = 'en-US' }: SttModel,
  { vocabulary, languageModel }: Config['agent'],
  region: string,
) {
  return new TranscribeSTT({
    language,
    clientConfig: { region },
    ...(vocabulary === undefined ? {} : { vocabulary }),
    ...(languageModel === undefined ? {} : { languageModel }),
  });
}

const bedrock = ({ model }: LlmModel, region: string) =>
  new BedrockLLM({ model, temperature: 0, clientConfig: { region } });

function polly({ voice = 'Joanna', model }: TtsModel, region: string): PollyTTS {
  return new PollyTTS({ voice, engine: model as 'neural', clientConfig: { region } });
}

async function plugin<T>(
  reference: SttModel & TtsModel,
  part: 'STT' | 'LLM' | 'TTS',
  endpoint: (provider: string) => string | undefined,
): Promise<T> {
  const { provider, plugin: source, model, language, voice } = reference;
  const parts = (await import(source ?? '')) as Record<string, Constructor<T> | undefined>;
  const Part = parts[part];
  if (!Part) throw new CodedError('no-plugin', `${source} has no ${part}`);
  const baseURL = endpoint(provider);
  return new Part({
    model,
    ...(language === undefined ? {} : { language }),
    ...(voice === undefined ? {} : { voice }),
    ...(baseURL === undefined ? {} : { baseURL }),
  });
}
