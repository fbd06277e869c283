import { z } from 'zod';

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
  return { provider, rest };
}

/** What follows the last slash, if anything does. */
function splitLast(text: string): [string, string?] {
  const at = text.lastIndexOf('/');
  return at <= 0 || at === text.length - 1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const pluginOf = (provider: string) => `@livekit/agents-plugin-${provider}`;

/** `transcribe:LANGUAGE` or `PLUGIN:MODEL[/LANGUAGE]`. */
export function parseSttModel(text: string): SttModel | ModelFault {
  const parts = split('stt', text);
  if ('message' in parts) return parts;
  const { provider, rest } = parts;
  if (provider === awsProviders.stt) {
    if (/^[a-z]{2,3}-[A-Z]{2}$/.test(rest)) return { provider, model: 'standard', language: rest };
    return { message: `${JSON.stringify(rest)} is not a language that Transcribe knows` };
  }
  const [model, language] = splitLast(rest);
  return { provider, plugin: pluginOf(provider), model, ...(language === undefined ? {} : { language }) };
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

/** `polly:VOICE[/ENGINE]` (engine: neural unless said) or `PLUGIN:MODEL[/VOICE]`. */
export function parseTtsModel(text: string): TtsModel | ModelFault {
  const parts = split('tts', text);
  if ('message' in parts) return parts;
  const { provider, rest } = parts;
  if (provider !== awsProviders.tts) {
    const [model, voice] = splitLast(rest);
    return { provider, plugin: pluginOf(provider), model, ...(voice === undefined ? {} : { voice }) };
  }
  const [voice, engine = 'neural'] = splitLast(rest);
  if (!pollyEngines.includes(engine)) {
    return {
      message: `${JSON.stringify(engine)} is not one of Polly's engines (${pollyEngines.join(', ')})`,
    };
  }
  return { provider, model: engine, voice };
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

export const modelsSchema = z.strictObject({
  stt: model(
    parseSttModel,
    'Speech to text: transcribe:LANGUAGE, or PLUGIN:MODEL[/LANGUAGE] with any installed LiveKit plugin',
    'transcribe:en-US',
  ),
  llm: model(
    parseLlmModel,
    'Language model: bedrock:MODEL with any Bedrock model id, or PLUGIN:MODEL with any installed LiveKit plugin',
    'bedrock:us.anthropic.claude-haiku-4-5-20251001-v1:0',
  ),
  tts: model(
    parseTtsModel,
    'Text to speech: polly:VOICE[/ENGINE], or PLUGIN:MODEL[/VOICE] with any installed LiveKit plugin',
    'polly:Joanna/neural',
  ),
});
