import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLlmModel, parseSttModel, parseTtsModel } from './models.ts';

const parsers = { stt: parseSttModel, llm: parseLlmModel, tts: parseTtsModel };

const references: [keyof typeof parsers, string, object][] = [
  ['stt', 'transcribe:en-US', { provider: 'transcribe', model: 'standard', language: 'en-US' }],
  [
    'stt',
    'deepgram:nova-3',
    { provider: 'deepgram', plugin: '@livekit/agents-plugin-deepgram', model: 'nova-3' },
  ],
  [
    'stt',
    'deepgram:nova-3/en-US',
    { provider: 'deepgram', plugin: '@livekit/agents-plugin-deepgram', model: 'nova-3', language: 'en-US' },
  ],
  [
    'stt',
    'openai:Systran/faster-whisper-small',
    {
      provider: 'openai',
      plugin: '@livekit/agents-plugin-openai',
      model: 'Systran/faster-whisper-small',
    },
  ],
  [
    'stt',
    'openai:Systran/faster-whisper-small/es-419',
    {
      provider: 'openai',
      plugin: '@livekit/agents-plugin-openai',
      model: 'Systran/faster-whisper-small',
      language: 'es-419',
    },
  ],
  [
    'stt',
    'openai:facebook/mms',
    { provider: 'openai', plugin: '@livekit/agents-plugin-openai', model: 'facebook/mms' },
  ],
  [
    'stt',
    'deepgram:nova-3/multi',
    { provider: 'deepgram', plugin: '@livekit/agents-plugin-deepgram', model: 'nova-3', language: 'multi' },
  ],
  [
    'stt',
    'cartesia:ink-2/zh-Hans-CN',
    {
      provider: 'cartesia',
      plugin: '@livekit/agents-plugin-cartesia',
      model: 'ink-2',
      language: 'zh-Hans-CN',
    },
  ],
  [
    'llm',
    'bedrock:us.anthropic.claude-haiku-4-5-20251001-v1:0',
    { provider: 'bedrock', model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' },
  ],
  [
    'llm',
    'bedrock:arn:aws:bedrock:us-east-1:123456789012:inference-profile/x',
    { provider: 'bedrock', model: 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/x' },
  ],
  [
    'llm',
    'openai:meta-llama/Llama-4',
    { provider: 'openai', plugin: '@livekit/agents-plugin-openai', model: 'meta-llama/Llama-4' },
  ],
  ['tts', 'polly:Joanna/neural', { provider: 'polly', model: 'neural', voice: 'Joanna' }],
  ['tts', 'polly:Ruth/long-form', { provider: 'polly', model: 'long-form', voice: 'Ruth' }],
  ['tts', 'polly:Joanna', { provider: 'polly', model: 'neural', voice: 'Joanna' }],
  [
    'tts',
    'openai:hexgrad/Kokoro-82M@af_heart',
    {
      provider: 'openai',
      plugin: '@livekit/agents-plugin-openai',
      model: 'hexgrad/Kokoro-82M',
      voice: 'af_heart',
    },
  ],
  [
    'tts',
    'openai:hexgrad/Kokoro-82M',
    { provider: 'openai', plugin: '@livekit/agents-plugin-openai', model: 'hexgrad/Kokoro-82M' },
  ],
  [
    'tts',
    'elevenlabs:eleven_turbo_v2_5@bIHbv24MWmeRgasZH58o',
    {
      provider: 'elevenlabs',
      plugin: '@livekit/agents-plugin-elevenlabs',
      model: 'eleven_turbo_v2_5',
      voice: 'bIHbv24MWmeRgasZH58o',
    },
  ],
  [
    'tts',
    'deepgram:aura-2-thalia-en',
    { provider: 'deepgram', plugin: '@livekit/agents-plugin-deepgram', model: 'aura-2-thalia-en' },
  ],
  [
    'tts',
    'openai:gpt-4o-mini-tts/alloy',
    { provider: 'openai', plugin: '@livekit/agents-plugin-openai', model: 'gpt-4o-mini-tts', voice: 'alloy' },
  ],
];

for (const [role, text, expected] of references) {
  test(`${role} ${text}`, () => assert.deepEqual(parsers[role](text), expected));
}

const faults: [keyof typeof parsers, string, string][] = [
  ['llm', 'gpt-5', '"gpt-5" is not a model reference'],
  ['llm', 'bedrock:', '"bedrock:" is not a model reference'],
  ['llm', 'Bedrock:x', '"Bedrock:x" is not a model reference'],
  ['stt', 'polly:Joanna', 'polly is a provider of tts, not of stt'],
  ['llm', 'deepgram:nova-3', '@livekit/agents-plugin-deepgram has no llm'],
  ['stt', 'google:chirp', '@livekit/agents-plugin-google has no stt'],
  ['tts', 'openai:tts-1@', '"tts-1@" is not MODEL[@VOICE]'],
  ['tts', 'openai:@alloy', '"@alloy" is not MODEL[@VOICE]'],
  [
    'tts',
    'deepgram:aura-2@thalia',
    '@livekit/agents-plugin-deepgram takes no voice beside its model: write deepgram:aura-2',
  ],
  ['stt', 'transcribe:english', '"english" is not a language that Transcribe knows'],
  [
    'tts',
    'polly:Joanna/fast',
    '"fast" is not one of Polly\'s engines (neural, generative, long-form, standard)',
  ],
];

for (const [role, text, message] of faults) {
  test(`refused: ${role} ${text}`, () => assert.deepEqual(parsers[role](text), { message }));
}
