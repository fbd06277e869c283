import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelRole } from '@vestibule/config';
import { type PluginModel, pluginOptions } from './plugin-options.ts';

const cases: [string, ModelRole, PluginModel, { endpoint?: string; apiKey?: string }, object][] = [
  [
    'Deepgram spells baseUrl, and listens on a WebSocket',
    'stt',
    { provider: 'deepgram', model: 'nova-3', language: 'en-US' },
    { endpoint: 'https://10.0.0.9/', apiKey: 'k' },
    { model: 'nova-3', language: 'en-US', baseUrl: 'wss://10.0.0.9', apiKey: 'k' },
  ],
  [
    'and speaks over HTTP',
    'tts',
    { provider: 'deepgram', model: 'aura-2-thalia-en' },
    { endpoint: 'wss://10.0.0.9', apiKey: 'k' },
    { model: 'aura-2-thalia-en', baseUrl: 'https://10.0.0.9', apiKey: 'k' },
  ],
  [
    'ElevenLabs calls a voice voiceId',
    'tts',
    { provider: 'elevenlabs', model: 'eleven_turbo_v2_5', voice: 'v' },
    { endpoint: 'http://10.0.0.9:80/v1', apiKey: 'k' },
    { model: 'eleven_turbo_v2_5', voiceId: 'v', baseURL: 'http://10.0.0.9:80/v1', apiKey: 'k' },
  ],
  [
    'and a language languageCode',
    'stt',
    { provider: 'elevenlabs', model: 'scribe_v1', language: 'en' },
    {},
    { model: 'scribe_v1', languageCode: 'en' },
  ],
  [
    'OpenAI transcribes files unless the model is a realtime one',
    'stt',
    { provider: 'openai', model: 'Systran/faster-whisper-small' },
    {},
    { model: 'Systran/faster-whisper-small', useRealtime: false },
  ],
  [
    'Google is given no endpoint, and not led to Vertex AI by the environment',
    'llm',
    { provider: 'google', model: 'gemini-2.5-flash' },
    { endpoint: 'http://10.0.0.9', apiKey: 'k' },
    { model: 'gemini-2.5-flash', vertexai: false, apiKey: 'k' },
  ],
  [
    'a plugin that is not known is given neither endpoint nor key',
    'tts',
    { provider: 'new-voice', model: 'm', voice: 'v' },
    { endpoint: 'http://10.0.0.9', apiKey: 'k' },
    { model: 'm', voice: 'v' },
  ],
];

for (const [what, role, model, at, expected] of cases) {
  test(what, () => assert.deepEqual(pluginOptions(role, model, at), expected));
}
