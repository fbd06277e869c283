import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '@vestibule/core';
import { isCodedError } from '@vestibule/core';
import { CallLog } from './call-log.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import { MemoryLogStore } from '../store/memory-store.ts';
import { PromptParts, rebuildPrompts } from './prompts.ts';

const rules = 'You are an assistant. '.repeat(200);
const turn = (situation: string, ...messages: string[]) => ({
  system: [rules, situation],
  messages: messages.map((text) => ({ role: 'user', text })),
  tools: [{ name: 'record_answer' }],
  temperature: 0,
});

async function open() {
  const store = new MemoryLogStore();
  return CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
}

test('prompts are rebuilt byte for byte, and what recurs is kept once', async () => {
  const log = await open();
  const parts = new PromptParts();
  const sent = [turn('asks a', 'hi'), turn('asks b', 'hi', 'yes'), turn('asks b', 'hi', 'yes', 'no')];
  for (const payload of sent) await log.append('prompt', { model: 'm', ...parts.take(payload) });
  assert.deepEqual(
    rebuildPrompts(log.entries).map(({ text }) => text),
    sent.map((payload) => canonicalJson(payload)),
  );
  const kept = JSON.stringify(log.entries.map(({ payload }) => payload));
  assert.equal(kept.split(rules).length - 1, 1);
});

test('after a take-over nothing is kept twice', async () => {
  const log = await open();
  await log.append('prompt', { model: 'm', ...new PromptParts().take(turn('a', 'hi')) });
  const next = new PromptParts(log.entries).take(turn('a', 'hi'));
  assert.deepEqual(next.piiParts, {});
});

test('a part that is missing is found', async () => {
  const log = await open();
  const { piiTemplate, piiSha256 } = new PromptParts().take(turn('a', 'hi'));
  await log.append('prompt', { model: 'm', piiTemplate, piiParts: {}, piiSha256 });
  assert.throws(
    () => rebuildPrompts(log.entries),
    (error) => isCodedError(error, 'corrupt'),
  );
});
