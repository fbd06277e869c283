import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { Conversation, example } from '../testing/intake.ts';

/** The personas as a perfect recogniser would hear them, with the engine alone: no model, no audio. */
interface Persona {
  answers: Record<string, { says?: string | string[]; keys?: string; onReadBack?: string }>;
  expects: Record<string, string | boolean | null | { contains: string[] }>;
}

const folder = new URL('../../../../examples/personas/', import.meta.url);

function heard(persona: Persona, linkId: string, attempt: number): string {
  const { says = '', keys } = persona.answers[linkId] ?? {};
  const all = keys === undefined ? [says].flat() : [keys];
  return all[Math.min(attempt, all.length) - 1]!.replace(/\(pause \d+\)/g, ' ').replace(/\s+/g, ' ');
}

describe('the example personas, in words', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    test(file, () => {
      const persona = parse(readFileSync(new URL(file, folder), 'utf8')) as Persona;
      const call = new Conversation(example('new-patient.yaml'));
      const denied = new Set<string>();
      for (let turn = 0; turn < 40 && (call.step.kind === 'ask' || call.step.kind === 'readBack'); turn++) {
        const { linkId } = call.step;
        const denial = persona.answers[linkId]?.onReadBack;
        if (call.step.kind === 'ask') call.say(heard(persona, linkId, call.step.attempt));
        else if (denial === undefined || denied.has(linkId)) call.say('yes');
        else {
          denied.add(linkId);
          call.say(denial);
        }
      }
      assert.equal(call.at, 'complete');
      for (const [linkId, expected] of Object.entries(persona.expects)) {
        const known = call.state.items[linkId];
        const value = known?.status === 'answered' ? known.values[0] : null;
        const plain = typeof value === 'object' && value !== null && 'code' in value ? value.code : value;
        if (typeof expected === 'object' && expected !== null) {
          assert.ok(typeof plain === 'string', linkId);
          for (const word of expected.contains) assert.ok(plain.includes(word), `${linkId}: ${plain}`);
        } else assert.equal(plain, expected, linkId);
      }
    });
  }
});
