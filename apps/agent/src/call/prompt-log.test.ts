import assert from 'node:assert/strict';
import { test } from 'node:test';
import { llm } from '@livekit/agents';
import { LLM as BedrockLLM } from '@vestibule/agents-plugin-aws';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf, rebuildPrompts } from '@vestibule/record';
import { NoLlm } from '../thinking/no-llm.ts';
import { PromptLog } from './prompt-log.ts';

async function open() {
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
  return { log, prompts: new PromptLog(log, () => 0) };
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
  await prompts.sent({ name: 'bedrock:m', llm: model }, handed('hi'));
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
  await prompts.sent({ name: 'bedrock:m', llm: model }, handed('hi'));
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
  await prompts.sent({ name: 'other:m', llm: new NoLlm() }, handed('hi'));
  assert.equal(payloadOf(log.entries[0]!, 'prompt')?.layer, 'framework');
  assert.match(rebuildPrompts(log.entries)[0]?.text ?? '', /"system":\["Rules\.","Asks a\."\]/);
});

test('an output is on record with its model, its tool calls and what it cost', async () => {
  const { log, prompts } = await open();
  const output = prompts.output('bedrock:m');
  const usage = { promptTokens: 5, completionTokens: 2, totalTokens: 7, promptCachedTokens: 0 };
  for (const chunk of [text('One '), tool('record_answer'), text('moment.'), { id: '1', usage }])
    output.add(chunk);
  await output.write();
  assert.deepEqual(payloadOf(log.entries[0]!, 'output'), {
    model: 'bedrock:m',
    piiText: 'One moment.',
    toolCalls: [{ id: 'record_answer', name: 'record_answer', piiArguments: '{}' }],
    usage: { promptTokens: 5, completionTokens: 2 },
    durationMs: 0,
  });
});

test('one that came to nothing is on record too, with the reason', async () => {
  const { log, prompts } = await open();
  for (const failure of ['late', '']) await prompts.output('bedrock:m').write(failure);
  const outputs = log.entries.map((entry) => payloadOf(entry, 'output'));
  assert.deepEqual(
    outputs.map((output) => [output?.cutOff, output?.failure]),
    [
      [true, 'late'],
      [true, undefined],
    ],
  );
});

test('what a model is asked for besides answering is told apart, with what it was shown', async () => {
  const { log } = await open();
  const prompts = new PromptLog(log, () => 0, 'red-flags');
  await prompts.sent({ name: 'm', llm: new NoLlm() }, handed('hi'));
  const about = { piiWords: 'hi', startMs: 1, endMs: 2 };
  await prompts.output('m', about).write();
  assert.equal(payloadOf(log.entries[0]!, 'prompt')?.purpose, 'red-flags');
  assert.deepEqual(payloadOf(log.entries[1]!, 'output')?.about, about);
});
