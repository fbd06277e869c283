import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '@vestibule/config';
import { loadQuestionnaire } from '@vestibule/questionnaire';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import type { Lane } from './alarms.ts';
import { openConversation } from './open.ts';
import { createScript } from './script.ts';

const script = createScript(await loadConfig('vestibule.yaml'));
const { definition, faults } = loadQuestionnaire(
  `
id: flags
url: https://vestibule.example/fhir/Questionnaire/flags
title: Flags
version: '1'
redFlags:
  - { id: chest-pain, severity: emergency, action: create-case, script: A nurse is told., phrases: [chest (pain|hurts)] }
  - { id: fainted, severity: urgent, action: create-case, script: Staff are told., phrases: [passed out] }
  - { id: last, severity: emergency, action: hand-over, script: Somebody comes to the line., phrases: [kill myself] }
items:
  - { id: smoke, ask: Do you smoke?, type: boolean, required: true }
`,
  'flags.yaml',
);
assert.ok(definition, JSON.stringify(faults));

async function open() {
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
  const alarms: [Lane, boolean][] = [];
  const ended: string[] = [];
  const { conversation } = openConversation({
    ...{ definition: definition!, log, script, today: '2026-11-23' },
    state: { inputs: [], turns: [], redFlags: [], done: [], consent: true },
    alert: () => undefined,
    onOver: (_, words) => ended.push(words),
    onAlarm: (...alarm) => alarms.push(alarm),
  });
  return {
    ...{ conversation, alarms, ended },
    flags: () => log.entries.flatMap((entry) => payloadOf(entry, 'red-flag') ?? []),
    answers: () => log.entries.flatMap((entry) => payloadOf(entry, 'answer') ?? []),
  };
}

const heard = (text: string, endMs = 100) => ({ text, startMs: 0, endMs, confidence: 0.9 });

test('what a partial says beyond doubt fires before the final; what more words may turn round waits for them', async () => {
  const { conversation, flags, alarms, answers } = await open();
  await conversation.watch(heard('I have chest'), 'partial');
  await conversation.watch(heard('I passed out'), 'partial');
  assert.deepEqual(flags(), [], 'in high school, perhaps');
  await conversation.watch(heard('I have chest pain and it hurts'), 'partial');
  assert.deepEqual(
    flags().map(({ id, lane, piiWords }) => [id, lane, piiWords]),
    [['chest-pain', 'partial', 'I have chest pain and it hurts']],
  );
  assert.deepEqual(alarms, [['partial', false]]);
  assert.equal(answers()[0]?.evidence?.piiWords, 'I have chest pain and it hurts');
  assert.equal(conversation.hasScripts, true);
  await conversation.watch(heard('I passed out'), 'final');
  assert.equal(flags()[1]?.lane, 'final');
});

test('the first to fire wins: each flag is raised once, whoever finds it', async () => {
  const { conversation, flags, alarms } = await open();
  await Promise.all([
    conversation.report(['chest-pain'], heard('my ribcage is on fire')),
    conversation.watch(heard('my chest hurts so much'), 'partial'),
    conversation.actions.reportRedFlag('chest-pain'),
    conversation.report(['chest-pain', 'no-such-flag'], heard('again')),
  ]);
  assert.deepEqual(
    flags().map(({ id, lane, piiWords }) => [id, lane, piiWords]),
    [['chest-pain', 'second-model', 'my ribcage is on fire']],
  );
  assert.equal(alarms.length, 1);
});

test('the model’s own tool raises one in words that no list has', async () => {
  const { conversation, flags, answers } = await open();
  conversation.onFinal(heard('an elephant sits on my breastbone'));
  await conversation.turn();
  const reply = await conversation.actions.reportRedFlag('chest-pain');
  assert.deepEqual([reply.accepted, reply.say_next], [true, 'Do you smoke?']);
  assert.deepEqual(
    flags().map(({ lane, piiWords }) => [lane, piiWords]),
    [['model-tool', 'an elephant sits on my breastbone']],
  );
  assert.equal(answers()[0]?.obtained?.by, 'red-flag-model');
  assert.equal(conversation.takeScripts(), 'A nurse is told.');
});

test('one that hands over ends the conversation from a partial, its script before the last words', async () => {
  const { conversation, alarms, ended } = await open();
  await conversation.watch(heard('I am going to kill myself tonight'), 'partial');
  assert.deepEqual(alarms, [['partial', true]]);
  assert.ok(ended[0]?.startsWith(`Somebody comes to the line. ${script.handOver}`), ended[0]);
});
