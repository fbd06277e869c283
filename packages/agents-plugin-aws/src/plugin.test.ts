import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APIConnectionError, APIStatusError, llm, stt } from '@livekit/agents';
import { z } from 'zod';
import { toConversation, toToolConfiguration } from './chat-context.ts';
import { toApiError } from './errors.ts';
import { toSpeechEvents } from './transcript.ts';
import { frames } from './tts.ts';

const call = (callId: string) => llm.FunctionCall.create({ callId, name: 'record', args: '{"a":1}' });
const output = (callId: string) =>
  llm.FunctionCallOutput.create({ callId, name: 'record', output: 'ok', isError: false });

test('a conversation alternates, begins with the user, and answers each tool use in the next user turn', () => {
  const context = llm.ChatContext.empty();
  context.addMessage({ role: 'system', content: 'Rules.' });
  context.addMessage({ role: 'assistant', content: 'Hello.' });
  context.addMessage({ role: 'user', content: 'Hi.' });
  context.addMessage({ role: 'user', content: 'My name is Ann.' });
  context.items = [...context.items, call('1'), output('1')];
  const { system, messages } = toConversation(context);
  assert.deepEqual(system, [{ text: 'Rules.' }]);
  assert.deepEqual(messages, [
    { role: 'user', content: [{ text: '(The call has been answered.)' }] },
    { role: 'assistant', content: [{ text: 'Hello.' }] },
    { role: 'user', content: [{ text: 'Hi.' }, { text: 'My name is Ann.' }] },
    { role: 'assistant', content: [{ toolUse: { toolUseId: '1', name: 'record', input: { a: 1 } } }] },
    {
      role: 'user',
      content: [{ toolResult: { toolUseId: '1', content: [{ text: 'ok' }], status: 'success' } }],
    },
  ]);
});

test('a tool call that was cut off before its result is left out', () => {
  const context = llm.ChatContext.empty();
  context.addMessage({ role: 'user', content: 'Hi.' });
  context.items = [...context.items, call('1')];
  assert.deepEqual(toConversation(context).messages, [{ role: 'user', content: [{ text: 'Hi.' }] }]);
});

const tool = llm.tool({
  name: 'record',
  description: 'Records.',
  parameters: z.object({ item: z.enum(['a', 'b']) }),
  execute: async () => '',
});

test('tools become toolSpecs with a JSON schema, and no tools become no configuration', () => {
  const spec = toToolConfiguration(new llm.ToolContext([tool]))?.tools?.[0]?.toolSpec;
  assert.equal(spec?.name, 'record');
  const schema = (spec?.inputSchema as { json: { type: string; properties: { item: { enum: string[] } } } })
    .json;
  assert.equal(schema.type, 'object');
  assert.deepEqual(schema.properties.item.enum, ['a', 'b']);
  assert.equal(toToolConfiguration(new llm.ToolContext()), undefined);
});

test('a choice of none leaves the tools out, but not from under a conversation that has used them', () => {
  const tools = new llm.ToolContext([tool]);
  const context = llm.ChatContext.empty();
  context.addMessage({ role: 'user', content: 'Hi.' });
  assert.equal(toToolConfiguration(tools, 'none', toConversation(context)), undefined);
  context.items = [...context.items, call('1'), output('1')];
  const kept = toToolConfiguration(tools, 'none', toConversation(context));
  assert.deepEqual(
    kept?.tools?.map(({ toolSpec }) => toolSpec?.name),
    ['record'],
  );
  assert.ok(kept && !('toolChoice' in kept));
});

const sdkError = (name: string, httpStatusCode?: number, message = '') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

for (const [name, status, retryable] of [
  ['ThrottlingException', 429, true],
  ['InternalServerException', 500, true],
  ['ValidationException', 400, false],
  ['AccessDeniedException', 403, false],
] as const) {
  test(`${name} is ${retryable ? '' : 'not '}worth another try`, () => {
    const error = toApiError('Bedrock', sdkError(name));
    assert.ok(error instanceof APIStatusError);
    assert.equal(error.statusCode, status);
    assert.equal(error.retryable, retryable);
    assert.equal(toApiError('Bedrock', sdkError(name), true).retryable, false);
  });
}

test('a lost connection is retryable, and the 15 s limit of Transcribe too', () => {
  const lost = toApiError('Transcribe', sdkError('ECONNRESET'));
  assert.ok(lost instanceof APIConnectionError && lost.retryable);
  const idle = sdkError(
    'BadRequestException',
    400,
    'Your request timed out because no new audio was received for 15 seconds.',
  );
  assert.equal(toApiError('Transcribe', idle).retryable, true);
});

test('an error message never carries what the service said, which may quote the caller', () => {
  assert.doesNotMatch(
    toApiError('Bedrock', sdkError('ValidationException', 400, 'John said')).message,
    /John/,
  );
});

const result = (IsPartial: boolean, Stable: boolean) => ({
  ResultId: 'r',
  IsPartial,
  StartTime: 1,
  EndTime: 2,
  Alternatives: [
    {
      Transcript: 'Yes.',
      Items: [
        { Type: 'pronunciation' as const, Content: 'Yes', StartTime: 1, EndTime: 2, Stable, Confidence: 0.9 },
      ],
    },
  ],
});

const after = (seconds: number) => (startMs: number, endMs: number) => ({
  startTime: seconds + startMs / 1000,
  endTime: seconds + endMs / 1000,
});

test('partials, stable partials and finals become the framework’s events, times moved to where they were on the line', () => {
  const { INTERIM_TRANSCRIPT, PREFLIGHT_TRANSCRIPT, FINAL_TRANSCRIPT, END_OF_SPEECH } = stt.SpeechEventType;
  const types = (partial: boolean, stable: boolean) =>
    toSpeechEvents(result(partial, stable), 'en-US', after(0)).map(({ type }) => type);
  assert.deepEqual(types(true, false), [INTERIM_TRANSCRIPT]);
  assert.deepEqual(types(true, true), [INTERIM_TRANSCRIPT, PREFLIGHT_TRANSCRIPT]);
  assert.deepEqual(types(false, true), [FINAL_TRANSCRIPT, END_OF_SPEECH]);
  const data = toSpeechEvents(result(false, true), 'en-US', after(10))[0]?.alternatives?.[0];
  assert.deepEqual(
    [data?.startTime, data?.endTime, data?.confidence, data?.words?.[0]?.startTime],
    [11, 12, 0.9, 11],
  );
});

test('audio is cut into 20 ms frames whatever the chunks, odd bytes included, the last one marked', async () => {
  const samples = Int16Array.from({ length: 400 }, (_, index) => index);
  const bytes = new Uint8Array(samples.buffer);
  const chunks = ReadableStream.from([bytes.subarray(0, 333), bytes.subarray(333, 334), bytes.subarray(334)]);
  const cut = await Array.fromAsync(frames(chunks, 8000));
  assert.deepEqual(
    cut.map(({ frame, final }) => [frame.samplesPerChannel, final]),
    [
      [160, false],
      [160, false],
      [80, true],
    ],
  );
  assert.deepEqual(
    cut.flatMap(({ frame }) => [...frame.data]),
    [...samples],
  );
});
