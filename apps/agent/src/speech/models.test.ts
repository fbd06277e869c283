import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { initializeLogger, llm } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { parseConfig } from '@vestibule/config';
import { isCodedError } from '@vestibule/core';
import { readFile } from 'node:fs/promises';
import { readApiKeys } from '../environment.ts';
import { createModels } from './models.ts';

// LiveKit's own OpenAI plugin against a server that speaks OpenAI's wire, as vLLM, Ollama and speaches do.

initializeLogger({ pretty: false, level: 'silent' });

interface Asked {
  path: string;
  authorization: string | undefined;
  body: string;
}

let server: Server;
const asked: Asked[] = [];
const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

before(async () => {
  server = createServer((request, response) => {
    void answer(request).then(({ type, body }) =>
      response.writeHead(200, { 'content-type': type }).end(body),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
after(() => server.close());

async function answer(request: IncomingMessage): Promise<{ type: string; body: string | Buffer }> {
  const { url: path = '', headers } = request;
  asked.push({
    path,
    authorization: headers.authorization,
    body: (await buffer(request)).toString('latin1'),
  });
  if (path === '/v1/audio/transcriptions')
    return { type: 'application/json', body: '{"text":"Tomorrow morning."}' };
  if (path === '/v1/audio/speech')
    return { type: 'application/octet-stream', body: Buffer.alloc(24_000 * 2) };
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const body = `${chunk({ role: 'assistant', content: 'Good morning.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`;
  return { type: 'text/event-stream', body };
}

const file = new URL('../../../../vestibule.yaml', import.meta.url);

/** The deployment of this repository with other models. */
async function deployment(models: object, endpoints: object, egress: string[] = []) {
  const text = (await readFile(file, 'utf8'))
    .replace(/models:\n(?: {4}.*\n)+/, `models: ${JSON.stringify(models)}\n`)
    .replace(/endpoints: .*/, `endpoints: ${JSON.stringify(endpoints)}`)
    .replace(/egress: .*/, `egress: ${JSON.stringify(egress)}`);
  const { config, faults } = parseConfig(text, 'vestibule.yaml');
  assert.ok(config, JSON.stringify(faults));
  return config;
}

const own = {
  stt: 'openai:Systran/faster-whisper-small/en-US',
  llm: 'openai:meta-llama/Llama-4',
  tts: 'openai:hexgrad/Kokoro-82M@af_heart',
};
const local = () => deployment(own, { openai: endpoint() });

/** What the server was asked while `act` ran. */
async function during(act: () => Promise<unknown>): Promise<Asked[]> {
  const from = asked.length;
  await act();
  return asked.slice(from);
}

test('openai: thinks with any endpoint of its wire, a key or none', async () => {
  const { llms, names } = await createModels(await local());
  const model = llms[0]!.llm;
  assert.equal(names.llm, 'openai:meta-llama/Llama-4');
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'Hello.' });
  const [request] = await during(async () => {
    assert.equal((await model.chat({ chatCtx }).collect()).text, 'Good morning.');
  });
  assert.equal(request?.path, '/v1/chat/completions');
  assert.equal((JSON.parse(request.body) as { model: string }).model, 'meta-llama/Llama-4');
});

test('several models stand in their order, and one beside them looks for red flags', async () => {
  const llm = ['openai:first', 'bedrock:second'];
  const models = { ...own, llm, redFlags: 'openai:small' };
  const { llms, redFlags, names } = await createModels(await deployment(models, { openai: endpoint() }));
  assert.deepEqual(
    llms.map(({ name }) => name),
    llm,
  );
  assert.equal(redFlags?.name, 'openai:small');
  assert.deepEqual([names.llm, names.redFlags], ['openai:first, bedrock:second', 'openai:small']);
});

test('openai: hears by sending a file for each utterance', async () => {
  const { stt } = await createModels(await local());
  assert.equal(stt.capabilities.streaming, false);
  const [request] = await during(async () => {
    const event = await stt.recognize(new AudioFrame(new Int16Array(8000), 8000, 1, 8000));
    assert.equal(event.alternatives?.[0].text, 'Tomorrow morning.');
  });
  assert.equal(request?.path, '/v1/audio/transcriptions');
  assert.match(request.body, /name="model"\s+Systran\/faster-whisper-small\s/);
  assert.match(request.body, /name="language"\s+en\s/);
});

test('openai: speaks with the voice of the file', async () => {
  const { tts } = await createModels(await local());
  const [request] = await during(async () => {
    const audio = await tts.synthesize('Good morning.').collect();
    assert.equal(audio.samplesPerChannel, 24_000);
  });
  assert.equal(request?.path, '/v1/audio/speech');
  const { model, voice } = JSON.parse(request.body) as Record<string, string>;
  assert.deepEqual([model, voice], ['hexgrad/Kokoro-82M', 'af_heart']);
});

test('the key of the environment is sent; without one, a placeholder', async () => {
  const config = await local();
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'Hello.' });
  for (const [env, expected] of [
    [{ OPENAI_API_KEY: 'sk-1' }, 'Bearer sk-1'],
    [{ OPENAI_API_KEY: '' }, 'Bearer none'],
    [{}, 'Bearer none'],
  ] as const) {
    const { llms } = await createModels(config, readApiKeys(config, env));
    const model = llms[0]!.llm;
    const [request] = await during(() => model.chat({ chatCtx }).collect());
    assert.equal(request?.authorization, expected);
  }
});

test('the vendor’s own service without its key: one line that names the variable', async () => {
  const vendor = { openai: 'https://api.openai.com/v1' };
  const config = await deployment(own, vendor, ['api.openai.com']);
  assert.throws(
    () => readApiKeys(config, {}),
    (error: Error) =>
      isCodedError(error, 'invalid-environment') &&
      /^environment OPENAI_API_KEY: is missing: .*openai.*$/.test(error.message),
  );
  assert.deepEqual(readApiKeys(config, { OPENAI_API_KEY: 'sk-1', OTHER_API_KEY: 'x' }), { openai: 'sk-1' });
});

test('a realtime model of OpenAI’s is opened as a stream', async () => {
  const { stt } = await createModels(
    await deployment({ ...own, stt: 'openai:gpt-realtime-whisper' }, { openai: endpoint() }),
  );
  assert.equal(stt.capabilities.streaming, true);
});

test('a plugin that is not installed is said to be missing', async () => {
  const config = await deployment(
    { ...own, stt: 'deepgram:nova-3' },
    { openai: endpoint(), deepgram: 'wss://10.0.0.9' },
  );
  await assert.rejects(
    createModels(config),
    (error) => isCodedError(error, 'no-plugin') && /plugin-deepgram is not installed/.test(error.message),
  );
});

test('AWS needs neither endpoint nor key', async () => {
  const { names } = await createModels(
    await deployment({ stt: 'transcribe:en-US', llm: 'bedrock:x', tts: 'polly:Joanna/neural' }, {}),
  );
  assert.deepEqual(names, { stt: 'transcribe:standard', llm: 'bedrock:x', tts: 'polly:neural' });
});
