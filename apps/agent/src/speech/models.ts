import { CodedError } from '@vestibule/core';
import { LLM as BedrockLLM, STT as TranscribeSTT, TTS as PollyTTS } from '@vestibule/agents-plugin-aws';
import type { Config, LlmModel, ModelRole, SttModel, TtsModel } from '@vestibule/config';
import type { llm, stt, tts } from '@livekit/agents';
import { readApiKeys } from '../environment.ts';
import type { NamedModel } from '../thinking/attempt.ts';
import { pluginOptions } from './plugin-options.ts';

export interface Models {
  stt: stt.STT;
  /** In the order in which they are asked. */
  llms: readonly NamedModel[];
  /** What looks for red flags beside them. */
  redFlags: NamedModel | undefined;
  tts: tts.TTS;
  /** As the log has them: provider and model. */
  names: { stt: string; llm: string; tts: string; redFlags?: string };
}

/**
 * What listens, understands and speaks for one call, as `agent.models` names them: AWS through our own plugin,
 * anything else through the LiveKit plugin of that name. `apiKeys`: by provider.
 * @throws CodedError `no-plugin` when a plugin is not installed or lacks the part, `no-model` when it takes no model
 * as the configuration has it, `invalid-environment` when a key is missing.
 */
export async function createModels(
  config: Pick<Config, 'agent' | 'region'>,
  apiKeys: Readonly<Record<string, string>> = readApiKeys(config),
): Promise<Models> {
  const { agent, region } = config;
  const { stt, llm: llms, tts, redFlags } = agent.models;
  const plugin = <T>(role: ModelRole, model: SttModel & TtsModel) =>
    createPlugin<T>(role, model, {
      endpoint: agent.endpoints[model.provider],
      apiKey: apiKeys[model.provider],
    });
  const thinker = async (model: LlmModel): Promise<NamedModel> => {
    const made = model.plugin === undefined ? bedrock(model, region) : await plugin<llm.LLM>('llm', model);
    // Who listens to nothing would be ended by an error: what failed is known from the attempt.
    made.on('error', () => {});
    return { name: name(model), llm: made };
  };
  return {
    stt: stt.plugin === undefined ? transcribe(stt, agent, region) : await plugin<stt.STT>('stt', stt),
    llms: await Promise.all(llms.map(thinker)),
    redFlags: redFlags && (await thinker(redFlags)),
    tts: tts.plugin === undefined ? polly(tts, region) : await plugin<tts.TTS>('tts', tts),
    names: {
      stt: name(stt),
      llm: llms.map(name).join(', '),
      tts: name(tts),
      ...(redFlags ? { redFlags: name(redFlags) } : {}),
    },
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

type Parts<T> = Record<string, (new (options: Record<string, unknown>) => T) | undefined>;

async function createPlugin<T>(
  role: ModelRole,
  model: SttModel & TtsModel,
  at: { endpoint: string | undefined; apiKey: string | undefined },
): Promise<T> {
  const source = model.plugin ?? '';
  const parts = (await import(source).catch((cause: unknown) => {
    throw new CodedError('no-plugin', `${source} is not installed, or cannot be loaded`, { cause });
  })) as Parts<T>;
  const Part = parts[role.toUpperCase()];
  if (!Part) throw new CodedError('no-plugin', `${source} has no ${role}`);
  try {
    return new Part(pluginOptions(role, model, at));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CodedError('no-model', `agent.models.${role}: ${source} refuses ${name(model)}: ${reason}`, {
      cause,
    });
  }
}
