import assert from 'node:assert/strict';
import { ReadableStream } from 'node:stream/web';
import { test } from 'node:test';
import { llm } from '@livekit/agents';
import { LLM as BedrockLLM } from '@vestibule/agents-plugin-aws';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf, rebuildPrompts } from '@vestibule/record';
import { PromptLog } from './prompt-log.ts';

async function open() {
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
  let outputs = 0;
  const prompts = new PromptLog(
    log,
    'bedrock:m',
    () => 0,
    () => (outputs += 1),
  );
  return { log, prompts, outputs: () => outputs };
}

const handed = (...words: string[]) => {
  const context = llm.ChatContext.empty();
  for (const content of words) context.addMessage({ role: 'user', content });
  return { system: ['Rules.', 'Asks a.'], context, tools: new llm.ToolContext(), choice: 'auto' as const };
};

const text = (content: string): llm.ChatChunk => ({ id: '1', delta: { role: 'assistant', content } });
const tool = (name: string): llm.ChatChunk => ({
  id: '1',
  delta: { role: 'assistant', toolCalls: [llm.FunctionCall.create({ callId: name, name, args: '{}' })] },
});

test('of a model that shows its requests the body on the wire is on record, with what it was set to', async () => {
  const { log, prompts } = await open();
  const model = new BedrockLLM({ model: 'm', clientConfig: { region: 'us-east-1' } });
  await prompts.sent(model, handed('hi'));
  assert.deepEqual(log.entries, [], 'nothing was sent yet');
  const toolConfig = { tools: [{ toolSpec: { name: 'a' } }], toolChoice: { auto: {} } };
  const inferenceConfig = { maxTokens: 400, temperature: 0 };
  const bodies = ['hi', 'hi again'].map((words) =>
    JSON.stringify({ messages: [{ role: 'user', content: words }], inferenceConfig, toolConfig }),
  );
  for (const body of bodies) await model.onRequest?.(Buffer.from(body));
  assert.deepEqual(
    rebuildPrompts(log.entries).map((prompt) => prompt.text),
    bodies,
  );
  const [first, second] = log.entries.map((entry) => payloadOf(entry, 'prompt'));
  assert.equal(first?.layer, 'wire');
  assert.deepEqual(first.parameters, { ...inferenceConfig, toolChoice: { auto: {} } });
  assert.equal(Object.keys(second?.piiParts ?? {}).length, 1, 'the tool is kept once');
});

test('a request without tools, or without a choice among them, or of another form is on record too', async () => {
  const { log, prompts } = await open();
  const model = new BedrockLLM({ model: 'm', clientConfig: { region: 'us-east-1' } });
  await prompts.sent(model, handed('hi'));
  const bodies = [{ messages: [] }, { messages: [], toolConfig: { tools: [] } }, { inferenceConfig: 7 }].map(
    (body) => JSON.stringify(body),
  );
  for (const body of bodies) await model.onRequest?.(Buffer.from(body));
  assert.deepEqual(
    rebuildPrompts(log.entries).map((prompt) => prompt.text),
    bodies,
  );
});

test('of any other model what is handed to its plugin is', async () => {
  const { log, prompts } = await open();
  await prompts.sent({}, handed('hi'));
  assert.equal(payloadOf(log.entries[0]!, 'prompt')?.layer, 'framework');
  assert.match(rebuildPrompts(log.entries)[0]?.text ?? '', /"system":\["Rules\.","Asks a\."\]/);
});

test('words pass at once, a tool’s call only when the output is on the log', async () => {
  const { log, prompts, outputs } = await open();
  const usage = { promptTokens: 5, completionTokens: 2, totalTokens: 7, promptCachedTokens: 0 };
  const chunks = [text('One '), tool('record_answer'), text('moment.'), { id: '1', usage }];
  const seen: [string, number][] = [];
  for await (const chunk of prompts.received(ReadableStream.from(chunks)))
    if (typeof chunk === 'object' && chunk.delta)
      seen.push([chunk.delta.content ?? chunk.delta.toolCalls?.[0]?.name ?? '', log.entries.length]);
  assert.deepEqual(seen, [
    ['One ', 0],
    ['moment.', 0],
    ['record_answer', 1],
  ]);
  const output = payloadOf(log.entries[0]!, 'output');
  assert.deepEqual(
    [output?.piiText, output?.toolCalls[0]?.name, output?.usage?.promptTokens, output?.cutOff],
    ['One moment.', 'record_answer', 5, undefined],
  );
  assert.equal(outputs(), 1);
});

test('an answer that is cut off is on record as far as it came, and calls no tool', async () => {
  for (const end of ['cancelled', 'broken']) {
    const { log, prompts, outputs } = await open();
    const source = new ReadableStream<llm.ChatChunk>({
      start: (controller) => {
        controller.enqueue(tool('record_answer'));
        controller.enqueue(text('One '));
      },
      pull: (controller) => (end === 'broken' ? controller.error(new Error('lost')) : undefined),
    });
    const reader = prompts.received(source).getReader();
    const first = await reader.read().catch(() => undefined);
    assert.notEqual((first?.value as llm.ChatChunk | undefined)?.delta?.toolCalls?.length, 1);
    if (end === 'cancelled') await reader.cancel();
    else await assert.rejects(async () => void (await reader.read()), /lost/);
    const output = payloadOf(log.entries[0]!, 'output');
    assert.deepEqual([output?.cutOff, output?.toolCalls.length], [true, 1], end);
    assert.equal(outputs(), 0);
  }
});

test('a stream that ends with nothing in it is no answer', async () => {
  const { log, prompts, outputs } = await open();
  await Array.fromAsync(prompts.received(ReadableStream.from([])));
  assert.equal(payloadOf(log.entries[0]!, 'output')?.cutOff, true);
  assert.equal(outputs(), 0);
});

test('a log that refuses the output keeps its tools from being called', async () => {
  const { log, prompts } = await open();
  log.append = () => Promise.reject(new Error('fenced'));
  const seen: unknown[] = [];
  await assert.rejects(async () => {
    for await (const chunk of prompts.received(ReadableStream.from([tool('record_answer')])))
      seen.push(chunk);
  }, /fenced/);
  assert.deepEqual(seen, []);
});
