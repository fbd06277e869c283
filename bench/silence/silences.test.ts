import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silencesBefore } from './silences.ts';

/** 20 ms a sign: a voice or none. */
const channel = (signs: string) =>
  Int16Array.from([...signs].flatMap((sign) => Array<number>(160).fill(sign === '#' ? 2000 : 3)));

test('silences end with the agent’s voice, and begin with the end of any', () => {
  const caller = channel('......##......##....');
  const agent = channel('..##....###.#.....#.');
  assert.deepEqual(silencesBefore({ rate: 8000, channels: [caller, agent] }), [20, 40]);
});
