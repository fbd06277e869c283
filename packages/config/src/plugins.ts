import { type ModelPlace, modelsOf } from './model-places.ts';
import type { ModelRole } from './models.ts';

/** How one part of a plugin is told what vestibule.yaml says: the names of its constructor's options. */
export interface PluginPart {
  /** Absent where the plugin always goes to its vendor, whatever it is told. */
  endpoint?: { option: 'baseURL' | 'baseUrl'; scheme: 'http' | 'ws' };
  language?: 'language' | 'languageCode';
  /** Absent where the model’s name implies the voice. */
  voice?: 'voice' | 'voiceId';
  /** Options that are not the file’s to say. */
  fixed?: (model: string) => Readonly<Record<string, unknown>>;
}

export interface KnownPlugin {
  /** Where the plugin goes when it is told nothing. */
  vendorHost: string;
  /** A host in this domain is the vendor’s own. */
  vendorDomain: string;
  /** The variable that holds the key. */
  apiKey: string;
  parts: Readonly<Partial<Record<ModelRole, PluginPart>>>;
}

const http = (option: 'baseURL' | 'baseUrl') => ({ option, scheme: 'http' }) as const;

/** Only these are served by OpenAI’s realtime WebSocket alone, which the plugin would otherwise open for every model. */
const realtime = /^gpt-(realtime|live)/;

/**
 * The plugins whose sources were read: @livekit/agents-plugin-openai, -deepgram, -elevenlabs and -google 1.9.0,
 * -cartesia 1.8.1 (its newest). An option that a plugin does not know is ignored without a word, and the audio
 * goes to its vendor: so for any other plugin no promise is made (see `egressFaults`).
 */
export const knownPlugins: Readonly<Record<string, KnownPlugin>> = {
  openai: {
    vendorHost: 'api.openai.com',
    vendorDomain: 'openai.com',
    apiKey: 'OPENAI_API_KEY',
    parts: {
      stt: {
        endpoint: http('baseURL'),
        language: 'language',
        fixed: (model) => ({ useRealtime: realtime.test(model) }),
      },
      llm: { endpoint: http('baseURL') },
      tts: { endpoint: http('baseURL'), voice: 'voice' },
    },
  },
  deepgram: {
    vendorHost: 'api.deepgram.com',
    vendorDomain: 'deepgram.com',
    apiKey: 'DEEPGRAM_API_KEY',
    parts: {
      stt: { endpoint: { option: 'baseUrl', scheme: 'ws' }, language: 'language' },
      tts: { endpoint: http('baseUrl') },
    },
  },
  elevenlabs: {
    vendorHost: 'api.elevenlabs.io',
    vendorDomain: 'elevenlabs.io',
    apiKey: 'ELEVEN_API_KEY',
    parts: {
      stt: { endpoint: http('baseURL'), language: 'languageCode' },
      tts: { endpoint: http('baseURL'), voice: 'voiceId' },
    },
  },
  cartesia: {
    vendorHost: 'api.cartesia.ai',
    vendorDomain: 'cartesia.ai',
    apiKey: 'CARTESIA_API_KEY',
    parts: {
      stt: { endpoint: http('baseUrl'), language: 'language' },
      tts: { endpoint: http('baseUrl'), voice: 'voice' },
    },
  },
  google: {
    vendorHost: 'generativelanguage.googleapis.com',
    vendorDomain: 'googleapis.com',
    apiKey: 'GOOGLE_API_KEY',
    // Vertex AI is another host, which an environment variable would otherwise choose.
    parts: { llm: { fixed: () => ({ vertexai: false }) } },
  },
};

/** Own keys only: a provider called `constructor` is not a known plugin. */
export function knownPlugin(provider: string): KnownPlugin | undefined {
  return Object.hasOwn(knownPlugins, provider) ? knownPlugins[provider] : undefined;
}

export interface ApiKey {
  provider: string;
  /** Name of the environment variable. For a plugin that is not known: the name it most likely has. */
  variable: string;
  /** Whether the vendor’s own service is used. Other endpoints (vLLM, Ollama, …) may well do without a key. */
  needed: boolean;
}

interface Model {
  readonly provider: string;
  readonly plugin?: string;
}

interface Agent {
  readonly models: Readonly<Partial<Record<ModelPlace, Model | readonly Model[]>>>;
  readonly endpoints: Readonly<Record<string, string>>;
}

/** The keys that the configured plugins look for in the agent workers’ environment; none for AWS. */
export function apiKeysOf({ models, endpoints }: Agent): ApiKey[] {
  const plugins = modelsOf<Model>(models)
    .map(({ model }) => model)
    .filter(({ plugin }) => plugin !== undefined);
  return [...new Set(plugins.map(({ provider }) => provider))].map((provider) => {
    const known = knownPlugin(provider);
    if (!known) {
      const variable = `${provider.toUpperCase().replaceAll('-', '_')}_API_KEY`;
      return { provider, variable, needed: false };
    }
    const host = new URL(endpoints[provider] ?? `https://${known.vendorHost}`).hostname;
    const needed = host === known.vendorDomain || host.endsWith(`.${known.vendorDomain}`);
    return { provider, variable: known.apiKey, needed };
  });
}
