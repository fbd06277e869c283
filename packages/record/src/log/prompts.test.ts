import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, isCodedError } from '@vestibule/core';
import { sha256Hex } from '../digest.ts';
import { CallLog } from './call-log.ts';
import { MemoryCallKeys } from '../payload/memory-keys.ts';
import { MemoryLogStore } from '../store/memory-store.ts';
import { PromptParts, rebuildPrompts } from './prompts.ts';
import { splitJson } from './split-json.ts';

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
  const sent = [
    turn('asks a', 'hi'),
    turn('asks b', 'hi', 'yes'),
    turn('asks b', 'hi', 'yes', 'no'),
    // A plugin's own order, spacing and escapes; brackets within strings; lists within lists; no JSON at all.
    `{ "z": 1.0, "messages": [ {"a":["]\\"[", [1]]} ,\n2 ], "é": [] , "n": {"tools": [[],"\\u00e9"]}}`,
    '[1,[2,3]]',
    'no JSON ] , [ "',
    '',
  ].map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
  for (const text of sent) await log.append('prompt', { model: 'm', layer: 'wire', ...parts.take(text) });
  assert.deepEqual(
    rebuildPrompts(log.entries).map(({ text }) => text),
    sent,
  );
  const kept = JSON.stringify(log.entries.map(({ payload }) => payload));
  assert.equal(kept.split(rules).length - 1, 1);
});

test('lists are cut at their elements, those of nested objects as well', () => {
  const text = '{"system":[{"text":"a"},{"text":"b"}],"toolConfig":{"tools":[{"x":[1,2]}]},"max":4}';
  assert.deepEqual(
    splitJson(text).flatMap((piece) => (piece.isElement ? piece.text : [])),
    ['{"text":"a"}', '{"text":"b"}', '{"x":[1,2]}'],
  );
});

test('a prompt of an entry from before layers is rebuilt as well', async () => {
  const log = await open();
  const part = sha256Hex('{"role":"user","text":"hi"}');
  const text = canonicalJson({ messages: [{ text: 'hi', role: 'user' }], temperature: 0 });
  await log.append('prompt', {
    model: 'm',
    piiTemplate: { messages: [{ part }], temperature: 0 },
    piiParts: { [part]: { role: 'user', text: 'hi' } },
    piiSha256: sha256Hex(text),
  });
  assert.deepEqual(
    rebuildPrompts(log.entries).map((prompt) => prompt.text),
    [text],
  );
});

test('after a take-over nothing is kept twice', async () => {
  const log = await open();
  const text = JSON.stringify(turn('a', 'hi'));
  await log.append('prompt', { model: 'm', ...new PromptParts().take(text) });
  assert.deepEqual(new PromptParts(log.entries).take(text).piiParts, {});
});

test('a part that is missing is found', async () => {
  const log = await open();
  const { piiTemplate, piiSha256 } = new PromptParts().take(JSON.stringify(turn('a', 'hi')));
  await log.append('prompt', { model: 'm', piiTemplate, piiParts: {}, piiSha256 });
  assert.throws(
    () => rebuildPrompts(log.entries),
    (error) => isCodedError(error, 'corrupt'),
  );
});
