import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { initializeLogger, llm } from '@livekit/agents';
import { LLM } from './llm.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** A model whose requests end at the transport: what came there, and nothing of an answer. */
function modelWith(sent: Uint8Array[]): LLM {
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ body }: { body: Uint8Array }) => {
        sent.push(new Uint8Array(body));
        throw Object.assign(new Error('nobody there'), { name: 'ValidationException' });
      },
    } as never,
  });
  const model = new LLM({ model: 'm', temperature: 0, client });
  model.on('error', () => {});
  return model;
}

async function ask(model: LLM): Promise<void> {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'system', content: 'Rules.' });
  chatCtx.addMessage({ role: 'user', content: 'Grüße, “Ann”' });
  const connOptions = { maxRetry: 0, retryIntervalMs: 1, timeoutMs: 2000 };
  await model
    .chat({ chatCtx, connOptions })
    .collect()
    .catch(() => undefined);
}

test('what is told of a request is its body, byte for byte, before it is sent', async () => {
  const [sent, told, order]: [Uint8Array[], Uint8Array[], string[]] = [[], [], []];
  const model = modelWith(sent);
  model.onRequest = async (body) => {
    await new Promise(setImmediate);
    order.push(`${sent.length} sent`);
    told.push(body);
  };
  await ask(model);
  assert.deepEqual(order, ['0 sent']);
  assert.deepEqual(told, sent);
  const { inferenceConfig, system } = JSON.parse(Buffer.from(sent[0]!).toString()) as Record<string, unknown>;
  assert.deepEqual([inferenceConfig, system], [{ maxTokens: 400, temperature: 0 }, [{ text: 'Rules.' }]]);
});

test('a request whose telling fails is not sent', async () => {
  const sent: Uint8Array[] = [];
  const model = modelWith(sent);
  model.onRequest = () => Promise.reject(new Error('fenced'));
  await ask(model);
  assert.deepEqual(sent, []);
});
