import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseCommandInput,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { sdkClients, type Http } from '../testing/clients.ts';
import { errorNameOf, startTestServer, type TestServer } from '../testing/server.ts';

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const hello: ConverseCommandInput['messages'] = [{ role: 'user', content: [{ text: 'Hello' }] }];
const toolConfig: ConverseCommandInput['toolConfig'] = {
  tools: [
    {
      toolSpec: {
        name: 'get_weather',
        description: 'Gets the weather of a place.',
        inputSchema: {
          json: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
        },
      },
    },
  ],
};
const weather: ConverseCommandInput['messages'] = [
  { role: 'user', content: [{ text: 'What is the weather in Paris?' }] },
];

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.close());

async function eventsOf(
  stream: AsyncIterable<ConverseStreamOutput> | undefined,
): Promise<ConverseStreamOutput[]> {
  return stream === undefined ? [] : Array.fromAsync(stream);
}

for (const http of ['h2c', 'http/1.1'] satisfies Http[]) {
  describe(`Bedrock Runtime by the SDK over ${http}`, () => {
    test('Converse answers with a message, usage and metrics', async () => {
      using clients = sdkClients(server.port, http);
      const answer = await clients.bedrock.send(new ConverseCommand({ modelId, messages: hello }));
      assert.equal(answer.stopReason, 'end_turn');
      assert.deepEqual(answer.output?.message, {
        role: 'assistant',
        content: [{ text: 'Hello! How can I help you today?' }],
      });
      assert.equal(
        answer.usage?.totalTokens,
        (answer.usage?.inputTokens ?? 0) + (answer.usage?.outputTokens ?? 0),
      );
      assert.equal(typeof answer.metrics?.latencyMs, 'number');
    });

    test('ConverseStream streams text in deltas', async () => {
      using clients = sdkClients(server.port, http);
      const { stream } = await clients.bedrock.send(new ConverseStreamCommand({ modelId, messages: hello }));
      const events = await eventsOf(stream);
      const kinds = events.map((event) => Object.keys(event)[0]);
      assert.equal(kinds[0], 'messageStart');
      assert.deepEqual(kinds.slice(-3), ['contentBlockStop', 'messageStop', 'metadata']);
      const text = events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
      assert.equal(text, 'Hello! How can I help you today?');
      assert.ok(kinds.filter((kind) => kind === 'contentBlockDelta').length > 3);
    });

    test('ConverseStream streams tool input as pieces of JSON', async () => {
      using clients = sdkClients(server.port, http);
      const { stream } = await clients.bedrock.send(
        new ConverseStreamCommand({ modelId, messages: weather, toolConfig }),
      );
      const events = await eventsOf(stream);
      const start = events.find((event) => event.contentBlockStart)?.contentBlockStart?.start?.toolUse;
      assert.equal(start?.name, 'get_weather');
      assert.match(start?.toolUseId ?? '', /^tooluse_/);
      const input = events.map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? '').join('');
      assert.deepEqual(JSON.parse(input), { place: 'Paris' });
      assert.equal(events.find((event) => event.messageStop)?.messageStop?.stopReason, 'tool_use');
    });
  });
}

describe('Bedrock Runtime refuses', () => {
  const result = (toolUseId: string) => [{ toolResult: { toolUseId, content: [{ text: '{}' }] } }];
  const cases: readonly (readonly [string, Partial<ConverseCommandInput>, string, RegExp])[] = [
    ['an unknown model id', { modelId: 'gpt-9' }, 'ValidationException', /model identifier is invalid/],
    ['no message at all', { messages: [] }, 'ValidationException', /must start with a user message/],
    [
      'an assistant who speaks first',
      { messages: [{ role: 'assistant', content: [{ text: 'Hi' }] }] },
      'ValidationException',
      /start with a user/,
    ],
    ['two users in a row', { messages: [...hello, ...hello] }, 'ValidationException', /must alternate/],
    [
      'a blank text',
      { messages: [{ role: 'user', content: [{ text: ' ' }] }] },
      'ValidationException',
      /is blank/,
    ],
    ['an empty message', { messages: [{ role: 'user', content: [] }] }, 'ValidationException', /is empty/],
    [
      'a result without a use',
      { messages: [{ role: 'user', content: result('x') }], toolConfig },
      'ValidationException',
      /exceeds the number of toolUse/,
    ],
    [
      'a use without a result',
      {
        messages: [
          ...weather,
          { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'get_weather', input: {} } }] },
          ...hello,
        ],
        toolConfig,
      },
      'ValidationException',
      /Expected toolResult blocks at messages.2.content for the following Ids: a/,
    ],
    [
      'tool blocks without toolConfig',
      {
        messages: [
          ...weather,
          { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'get_weather', input: {} } }] },
          { role: 'user', content: result('a') },
        ],
      },
      'ValidationException',
      /toolConfig field must be defined/,
    ],
    [
      'a temperature out of range',
      { inferenceConfig: { temperature: 2 } },
      'ValidationException',
      /less than or equal to 1/,
    ],
    [
      'a tool name with a space',
      { toolConfig: { tools: [{ toolSpec: { name: 'a b', inputSchema: { json: { type: 'object' } } } }] } },
      'ValidationException',
      /regular expression/,
    ],
  ];
  for (const [name, input, error, message] of cases) {
    test(name, async () => {
      using clients = sdkClients(server.port);
      await assert.rejects(
        clients.bedrock.send(new ConverseStreamCommand({ modelId, messages: hello, ...input })),
        { name: error, message },
      );
    });
  }

  test('nothing that is a model: ids, inference profiles and their ARNs are taken', async () => {
    using clients = sdkClients(server.port);
    const ids = [
      'amazon.nova-micro-v1:0',
      'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
      'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0',
    ];
    for (const id of ids) await clients.bedrock.send(new ConverseCommand({ modelId: id, messages: hello }));
  });

  test('maxTokens cuts the answer', async () => {
    using clients = sdkClients(server.port);
    const answer = await clients.bedrock.send(
      new ConverseCommand({ modelId, messages: hello, inferenceConfig: { maxTokens: 2 } }),
    );
    assert.equal(answer.stopReason, 'max_tokens');
  });
});

describe('Bedrock Runtime fails on demand', () => {
  const stream = async (headers?: Record<string, string>) => {
    using clients = sdkClients(server.port);
    const command = new ConverseStreamCommand({ modelId, messages: hello });
    command.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: object }).headers, headers);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const { stream: events } = await clients.bedrock.send(command);
    return await eventsOf(events);
  };

  test('throttled before it begins', async () => {
    await server.plan({ service: 'bedrock', kind: 'throttle' });
    assert.equal(await errorNameOf(stream()), 'ThrottlingException');
  });

  test('throttled in mid-stream', async () => {
    await server.plan({ service: 'bedrock', kind: 'throttle', after: 3 });
    assert.equal(await errorNameOf(stream()), 'ThrottlingException');
  });

  test('broken inside', async () => {
    await server.plan({ service: 'bedrock', kind: 'error' });
    assert.equal(await errorNameOf(stream()), 'InternalServerException');
  });

  test('reset in mid-stream', async () => {
    await server.plan({ service: 'bedrock', kind: 'reset', after: 2 });
    assert.notEqual(await errorNameOf(stream()), 'no error');
  });

  test('ended cleanly in mid-stream: a normal end of the iterator, without messageStop', async () => {
    await server.plan({ service: 'bedrock', kind: 'clean-end', after: 2 });
    const events = await stream();
    assert.equal(events.length, 2);
    assert.ok(!events.some((event) => event.messageStop));
  });

  test('by a header of the request itself', async () => {
    assert.equal(await errorNameOf(stream({ 'x-local-aws-fault': 'throttle' })), 'ThrottlingException');
  });

  test('and is whole again afterwards', async () => {
    assert.ok((await stream()).some((event) => event.messageStop));
    assert.deepEqual(server.logged, []);
  });
});
