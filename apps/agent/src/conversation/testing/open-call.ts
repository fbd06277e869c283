import assert from 'node:assert/strict';
import { voice } from '@livekit/agents';
import { loadConfig } from '@vestibule/config';
import { type Definition, loadQuestionnaire } from '@vestibule/questionnaire';
import {
  CallLog,
  type CallState,
  foldCall,
  MemoryCallKeys,
  MemoryLogStore,
  payloadOf,
} from '@vestibule/record';
import type { CourseOptions } from '../course.ts';
import type { Outcome } from '../ending.ts';
import { openConversation } from '../open.ts';
import type { Reply } from '../phrasing.ts';
import { createScript } from '../script.ts';

export const script = createScript(await loadConfig('vestibule.yaml'));
export const today = '2026-11-28';

/** A definition of YAML or JSON text. */
export function definitionOf(text: string, language?: string): Definition {
  const file = text.trimStart().startsWith('{') ? 'test.json' : 'test.yaml';
  const { definition, faults } = loadQuestionnaire(text, file, language === undefined ? {} : { language });
  assert.ok(definition, JSON.stringify(faults));
  return definition;
}

/** A call in its conversation, consent given, on a log in memory. `before`: what the log has come to, after a take-over. */
export async function openCall(
  definition: Definition,
  { before, onAlarm, beganAt }: { before?: CallState } & Pick<CourseOptions, 'onAlarm' | 'beganAt'> = {},
) {
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 60_000))!, new MemoryCallKeys());
  const alerts: string[] = [];
  const ended: [Outcome, string][] = [];
  const { intake, conversation } = openConversation({
    ...{ definition, log, script, today, onAlarm, beganAt },
    state: before ?? { inputs: [], turns: [], redFlags: [], done: [], consent: true },
    alert: ({ id }) => void alerts.push(id),
    onOver: (outcome, words) => ended.push([outcome, words]),
  });
  let now = 0;
  return {
    ...{ conversation, intake, log, alerts, ended, actions: conversation.actions },
    state: () => ({ ...foldCall(log.entries), consent: true }),
    entries: <K extends 'answer' | 'red-flag' | 'hand-over'>(kind: K) =>
      log.entries.flatMap((entry) => payloadOf(entry, kind) ?? []),
    /** The caller speaks, as the call does it: red flags are looked for, then the turn is over. Gives the engine's words, if it took the turn. */
    says: async (text: string, confidence = 0.95) => {
      const startMs = (now += 1000);
      const heard = { text, startMs, endMs: (now += 500), confidence };
      conversation.onFinal(heard);
      await conversation.watch(heard, 'final');
      return conversation.turn();
    },
    /** What a model's tool does; undefined when it ends the conversation. */
    act: (what: Promise<Reply>) =>
      what.catch((error: unknown) => {
        if (error instanceof voice.StopResponse) return undefined;
        throw error;
      }),
  };
}
