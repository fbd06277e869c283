import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLlmModel, parseSttModel, parseTtsModel } from './models.ts';
import { apiKeysOf, knownPlugin, knownPlugins } from './plugins.ts';

function agent(references: { stt?: string; llm?: string; tts?: string }, endpoints = {}) {
  const models = {
    stt: parseSttModel(references.stt ?? 'transcribe:en-US'),
    llm: parseLlmModel(references.llm ?? 'bedrock:x'),
    tts: parseTtsModel(references.tts ?? 'polly:Joanna'),
  };
  return { models: models as Parameters<typeof apiKeysOf>[0]['models'], endpoints };
}

const openai = { provider: 'openai', variable: 'OPENAI_API_KEY' };

test('AWS needs no key', () => assert.deepEqual(apiKeysOf(agent({})), []));

for (const [endpoint, needed] of [
  ['https://api.openai.com/v1', true],
  ['https://eu.api.openai.com/v1', true],
  ['http://10.0.3.4:8000/v1', false],
  ['https://notopenai.com/v1', false],
] as const) {
  test(`${endpoint} ${needed ? 'needs' : 'may do without'} a key`, () =>
    assert.deepEqual(apiKeysOf(agent({ llm: 'openai:x', tts: 'openai:y' }, { openai: endpoint })), [
      { ...openai, needed },
    ]));
}

test('a plugin that takes no endpoint needs its vendor’s key; of an unknown one only the name is guessed', () =>
  assert.deepEqual(apiKeysOf(agent({ stt: 'new-ears:one', llm: 'google:gemini-2.5-flash' })), [
    { provider: 'new-ears', variable: 'NEW_EARS_API_KEY', needed: false },
    { provider: 'google', variable: 'GOOGLE_API_KEY', needed: true },
  ]));

test('OpenAI’s realtime WebSocket is for its realtime models only', () => {
  const realtime = (model: string) => knownPlugins.openai?.parts.stt?.fixed?.(model).useRealtime;
  assert.deepEqual(
    [
      'gpt-realtime-whisper',
      'gpt-live-transcribe',
      'whisper-1',
      'gpt-4o-transcribe',
      'Systran/faster-whisper-small',
    ].map(realtime),
    [true, true, false, false, false],
  );
});

test('what every object has is not a plugin', () => assert.equal(knownPlugin('constructor'), undefined));
