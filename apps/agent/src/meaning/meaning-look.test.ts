import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLogger, ManualClock } from '@vestibule/core';
import { CallLog, MemoryCallKeys, MemoryLogStore, payloadOf } from '@vestibule/record';
import { flagsIn } from '../thinking/second-look.ts';
import { askAboutFlags, MeaningLook } from './meaning-look.ts';
import type { Meaning } from './meaning.ts';

const heard = (text: string) => ({ text, startMs: 5, endMs: 9, confidence: 0.9 });
const flag = {
  severity: 'urgent',
  action: 'say',
  script: '',
  phrases: [],
  when: [],
  whenBehavior: 'all',
} as const;
const definition = {
  redFlags: [
    { ...flag, id: 'heart', library: 'chest-pain' },
    { ...flag, id: 'own' },
  ],
};

async function open(flagsIn: Meaning['flagsIn']) {
  const clock = new ManualClock();
  const store = new MemoryLogStore();
  const log = await CallLog.open(store, (await store.claim('c', 'w', 1e9))!, new MemoryCallKeys());
  const found: [readonly string[], string][] = [];
  const logged: string[] = [];
  const logger = jsonLogger('test', { level: 'warn', write: (line) => logged.push(line) });
  let looked = 0;
  const look = new MeaningLook({
    meaning: {
      name: 'local:small',
      from: 0.6,
      flagsIn: (said) => flagsIn(said).finally(() => (looked += 1)),
    },
    ...{ definition, log, clock, logger },
    onFlags: async (ids, { text }) => void found.push([ids, text]),
  });
  const outputs = () => log.entries.flatMap((entry) => payloadOf(entry, 'output') ?? []);
  return { look, found, logged, outputs, looked: () => looked };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

test('what is found is on record before it is reported, by the ids of the questionnaire', async () => {
  const { look, found, outputs } = await open(async () => new Map([['chest-pain', 0.7]]));
  look.look(heard('an elephant sat down on me'));
  await until(() => found.length > 0);
  assert.deepEqual(found, [[['heart'], 'an elephant sat down on me']]);
  const [output] = outputs();
  assert.deepEqual([output?.model, output?.purpose], ['local:small', 'red-flags']);
  assert.deepEqual(output?.about, { piiWords: 'an elephant sat down on me', startMs: 5, endMs: 9 });
  const calls = output.toolCalls.map(({ name, piiArguments: args }) => ({ name, args }));
  assert.deepEqual(flagsIn(calls, askAboutFlags), ['heart']);
});

test('what is less likely, and what no flag of the questionnaire is from, is nothing', async () => {
  const probabilities = new Map([
    ['chest-pain', 0.5],
    ['stroke', 0.99],
  ]);
  const { look, found, outputs, looked } = await open(async () => probabilities);
  look.look(heard('one'));
  look.look(heard('two'));
  await until(() => looked() === 2);
  assert.deepEqual([found, outputs()], [[], []]);
});

test('a failure is logged without the words, and the next words are looked at', async () => {
  const { look, found, logged } = await open(async (said) => {
    if (said === 'one') throw new Error('no memory');
    return new Map([['chest-pain', 0.9]]);
  });
  look.look(heard('one'));
  look.look(heard('two'));
  await until(() => found.length > 0);
  assert.deepEqual(found, [[['heart'], 'two']]);
  assert.match(logged.join(), /meaning not looked for/);
  assert.doesNotMatch(logged.join(), /one/);
});

test('nothing is looked at once the call is over', async () => {
  const { look, looked } = await open(async () => new Map([['chest-pain', 0.9]]));
  look.look(heard('one'));
  look.close();
  await new Promise(setImmediate);
  assert.equal(looked(), 0);
});
