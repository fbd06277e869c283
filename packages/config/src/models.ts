import { z } from 'zod';
import { knownPlugin } from './plugins.ts';

/** What listens, understands and speaks. Each names a provider, and swaps by its one line. */
export type ModelRole = 'stt' | 'llm' | 'tts';

/** The provider of each role that runs inside the VPC, through `agents-plugin-aws`. */
export const awsProviders: Readonly<Record<ModelRole, string>> = {
  stt: 'transcribe',
  llm: 'bedrock',
  tts: 'polly',
};

interface Reference {
  /** `transcribe`, `bedrock`, `polly`, or the last part of a LiveKit plugin's name (`openai`, `deepgram`, …). */
  provider: string;
  /** The plugin's package, e.g. `@livekit/agents-plugin-deepgram`; absent for AWS. */
  plugin?: string;
}

export interface SttModel extends Reference {
  /** `standard` for Transcribe; otherwise the plugin's own model id. */
  model: string;
  /** BCP 47. Always there for Transcribe. */
  language?: string;
}

export interface LlmModel extends Reference {
  /** Any Bedrock model id, inference profile or ARN; otherwise the plugin's own model id. */
  model: string;
}

export interface TtsModel extends Reference {
  /** Polly's engine (`neural`, `generative`, `long-form`, `standard`); otherwise the plugin's own model id. */
  model: string;
  /** Always there for Polly. */
  voice?: string;
}

const pollyEngines = ['neural', 'generative', 'long-form', 'standard'];

/** A fault in a model reference, in words. */
export interface ModelFault {
  message: string;
}

function split(role: ModelRole, text: string): { provider: string; rest: string } | ModelFault {
  const [, provider, rest] = /^([a-z][a-z0-9-]*):(\S+)$/.exec(text) ?? [];
  if (provider === undefined || rest === undefined) {
    return { message: `${JSON.stringify(text)} is not a model reference` };
  }
  const owner = (Object.keys(awsProviders) as ModelRole[]).find((other) => awsProviders[other] === provider);
  if (owner !== undefined && owner !== role) {
    return { message: `${provider} is a provider of ${owner}, not of ${role}` };
  }
  const known = knownPlugin(provider);
  if (known && known.parts[role] === undefined) return { message: `${pluginOf(provider)} has no ${role}` };
  return { provider, rest };
}

/** Text before and after the last `separator`, when there is some on both sides. */
function splitLast(text: string, separator: string): [string, string?] {
  const at = text.lastIndexOf(separator);
  return at <= 0 || at === text.length - 1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const pluginOf = (provider: string) => `@livekit/agents-plugin-${provider}`;

/**
 * BCP 47 in its canonical case: `en`, `en-US`, `es-419`, `yue-HK`, `zh-Hans`, `zh-Hans-CN`; and `multi`, which Deepgram
 * has beside them. Three letters alone are none: they end a model's name more often (`facebook/mms`).
 */
const languageTag =
  /^([a-z]{2}|[a-z]{2,3}-[A-Z][a-z]{3}|[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|\d{3})|multi)$/;

/**
 * `transcribe:LANGUAGE` or `PLUGIN:MODEL[/LANGUAGE]`. A model's own name may have slashes in it: only a language tag
 * at its end is cut off.
 */
export function parseSttModel(text: string): SttModel | ModelFault {
  const parts = split('stt', text);
  if ('message' in parts) return parts;
  const { provider, rest } = parts;
  if (provider === awsProviders.stt) {
    if (/^[a-z]{2,3}-[A-Z]{2}$/.test(rest)) return { provider, model: 'standard', language: rest };
    return { message: `${JSON.stringify(rest)} is not a language that Transcribe knows` };
  }
  const plugin = pluginOf(provider);
  const [model, language] = splitLast(rest, '/');
  return language !== undefined && languageTag.test(language)
    ? { provider, plugin, model, language }
    : { provider, plugin, model: rest };
}

/** `bedrock:MODEL` or `PLUGIN:MODEL`. */
export function parseLlmModel(text: string): LlmModel | ModelFault {
  const parts = split('llm', text);
  if ('message' in parts) return parts;
  const { provider, rest } = parts;
  return provider === awsProviders.llm
    ? { provider, model: rest }
    : { provider, plugin: pluginOf(provider), model: rest };
}

/** `polly:VOICE[/ENGINE]` (engine: neural unless said) or `PLUGIN:MODEL[@VOICE]`. */
export function parseTtsModel(text: string): TtsModel | ModelFault {
  const parts = split('tts', text);
  if ('message' in parts) return parts;
  const { provider, rest } = parts;
  if (provider === awsProviders.tts) return parsePolly(rest);
  const [model, voice] = splitVoice(provider, rest);
  if (model.startsWith('@') || model.endsWith('@')) {
    return { message: `${JSON.stringify(rest)} is not MODEL[@VOICE]` };
  }
  const plugin = pluginOf(provider);
  if (voice === undefined) return { provider, plugin, model };
  const known = knownPlugin(provider);
  if (known && known.parts.tts?.voice === undefined) {
    return { message: `${plugin} takes no voice beside its model: write ${provider}:${model}` };
  }
  return { provider, plugin, model, voice };
}

function parsePolly(text: string): TtsModel | ModelFault {
  const [voice, engine = 'neural'] = splitLast(text, '/');
  if (pollyEngines.includes(engine)) return { provider: awsProviders.tts, model: engine, voice };
  return {
    message: `${JSON.stringify(engine)} is not one of Polly's engines (${pollyEngines.join(', ')})`,
  };
}

/** OpenAI's own voices, which earlier files name as `openai:MODEL/VOICE`; any other slash belongs to the model's name. */
const openaiVoices = /^(alloy|ash|ballad|cedar|coral|echo|fable|marin|nova|onyx|sage|shimmer|verse)$/;

function splitVoice(provider: string, text: string): [string, string?] {
  if (text.includes('@')) return splitLast(text, '@');
  const [model, voice] = splitLast(text, '/');
  return provider === 'openai' && voice !== undefined && openaiVoices.test(voice) ? [model, voice] : [text];
}

function model<T extends object>(
  parse: (text: string) => T | ModelFault,
  description: string,
  example: string,
) {
  return z
    .string()
    .meta({ description, examples: [example] })
    .transform((text, context): T => {
      const parsed = parse(text);
      if (!('message' in parsed)) return parsed;
      context.addIssue({ code: 'custom', message: parsed.message });
      return z.NEVER;
    });
}

/** One model, or several in the order in which they are asked. */
function modelList(description: string, example: string) {
  return z
    .union([z.string(), z.array(z.string()).min(1).max(4)], {
      error: 'is neither a model reference nor a list of one to four of them',
    })
    .meta({ description, examples: [example] })
    .transform((written, context): readonly LlmModel[] => {
      const isList = Array.isArray(written);
      return (isList ? written : [written]).flatMap((text, index) => {
        const parsed = parseLlmModel(text);
        if (!('message' in parsed)) return [parsed];
        context.addIssue({ code: 'custom', message: parsed.message, path: isList ? [index] : [] });
        return [];
      });
    });
}

const llmReferences =
  'bedrock:MODEL with any Bedrock model id, or PLUGIN:MODEL with any installed LiveKit plugin';

export const modelsSchema = z.strictObject({
  stt: model(
    parseSttModel,
    'Speech to text: transcribe:LANGUAGE, or PLUGIN:MODEL[/LANGUAGE] with any installed LiveKit plugin (LANGUAGE as in en-US)',
    'transcribe:en-US',
  ),
  llm: modelList(
    `Language model, or a list of them, the preferred one first: ${llmReferences}`,
    'bedrock:us.anthropic.claude-haiku-4-5-20251001-v1:0',
  ),
  tts: model(
    parseTtsModel,
    'Text to speech: polly:VOICE[/ENGINE], or PLUGIN:MODEL[@VOICE] with any installed LiveKit plugin',
    'polly:Joanna/neural',
  ),
  redFlags: model(
    parseLlmModel,
    `A small model that looks for red flags beside the conversation: ${llmReferences}`,
    'bedrock:amazon.nova-lite-v1:0',
  ).optional(),
});
