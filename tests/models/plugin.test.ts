import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initializeLogger, llm } from '@livekit/agents';
import { LLM, RefusalError } from '@vestibule/agents-plugin-aws';
import { type Put, startBedrock } from './bedrock.ts';

// What the plugin tells of an answer before, and beside, its words.

initializeLogger({ pretty: false, level: 'silent' });

async function ask(...puts: Put[]) {
  const bedrock = await startBedrock(() => puts);
  const model = new LLM({ model: 'm', client: bedrock.client });
  const errors: unknown[] = [];
  model.on('error', ({ error }) => errors.push(error));
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'hello' });
  const connOptions = { maxRetry: 2, retryIntervalMs: 1, timeoutMs: 2000 };
  const deltas = (await Array.fromAsync(model.chat({ chatCtx, connOptions }))).flatMap(
    ({ delta }) => delta ?? [],
  );
  const { asked } = bedrock;
  await bedrock.stop();
  return { deltas, errors, asked };
}

test('that a tool call begins is told before its arguments are there', async () => {
  const { deltas } = await ask({ calls: 'record_answer', input: { item: 'smoke' } });
  assert.deepEqual(
    deltas.map(({ content, toolCalls }) => content ?? toolCalls?.[0]?.name),
    [undefined, 'record_answer'],
  );
});

for (const reason of ['guardrail_intervened', 'content_filtered', 'refusal', 'malformed_tool_use']) {
  test(`an answer that ends with ${reason} is a refusal, and is not asked for again`, async () => {
    const { errors, asked } = await ask({ stops: reason });
    assert.ok(errors[0] instanceof RefusalError);
    assert.deepEqual([errors.length, errors[0].stopReason, asked], [1, reason, 1]);
  });
}
