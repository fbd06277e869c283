import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from './conversation.ts';
import { makeMind } from './mind.ts';
import { Mouth } from './mouth.ts';
import { parsePersona } from './persona.ts';
import { Playback } from './playback.ts';

const loud = new Int16Array(800).fill(5000);

/** A party with a voice of 100 ms for every text, run frame by frame. */
function phone(behaviour = '{}') {
  const { persona, faults } = parsePersona(`
version: 1
caller: { number: "+15550100123" }
answers:
  name: { says: ruth alvarez, cues: [full name] }
  phone: { keys: "12", cues: [phone number] }
behaviour: ${behaviour}
`);
  assert.deepEqual(faults, []);
  const log: string[] = [];
  const hooks = {
    onSay: (text: string) => log.push(`says ${text}`),
    pressKeys: (digits: string) => log.push(`keys ${digits}`),
    pressing: () => false,
    hangUp: () => log.push('hangs up'),
    onError: (error: unknown) => log.push(String(error)),
    onReaction: (why: string) => log.push(why),
    onPlay: (file: string) => log.push(`plays ${file}`),
  };
  const mouth = new Mouth({ speak: async () => loud }, hooks);
  const conversation = new Conversation(makeMind(persona!), mouth, hooks);
  const playback = (files: string[]) =>
    new Playback(
      files.map((file) => ({ file, samples: loud })),
      mouth,
      hooks,
    );
  /** Runs for `ms`; voices are ready between two frames. */
  const run = async (
    ms: number,
    agentSpeaking: boolean,
    party: Pick<Conversation, 'step'> = conversation,
  ) => {
    for (let t = 0; t < ms; t += 20) {
      mouth.nextFrame();
      party.step(agentSpeaking);
      await Promise.resolve().then(() => undefined);
    }
    return log.splice(0);
  };
  const heard = (segment: number, text: string, final = true) => conversation.heard({ segment, text, final });
  return { run, heard, playback };
}

test('answers 600 ms after the agent has finished, not in its pauses', async () => {
  const { run, heard } = phone();
  await run(1000, true);
  heard(0, 'what is your full name');
  assert.deepEqual(await run(580, false), []);
  assert.deepEqual(await run(100, false), ['answer', 'says ruth alvarez']);
});

test('waits for the final words for a while, then takes the partial ones', async () => {
  const { run, heard } = phone();
  await run(1000, true);
  heard(0, 'what is your full name', false);
  assert.deepEqual(await run(1100, false), []);
  assert.deepEqual(await run(200, false), ['answer', 'says ruth alvarez']);
});

test('words that were answered are not answered again when their final form comes late', async () => {
  const { run, heard } = phone();
  await run(1000, true);
  heard(0, 'what is your full name', false);
  await run(1500, false);
  heard(0, 'what is your full name please');
  assert.deepEqual(await run(3000, false), []);
});

test('interrupts once the item is recognised and the time has come', async () => {
  const { run, heard } = phone('{ interrupts: [{ item: name, afterMs: 900 }] }');
  await run(600, true);
  heard(0, 'please tell me your full name', false);
  assert.deepEqual(await run(280, true), []);
  assert.deepEqual(await run(200, true), ['interrupts', 'says ruth alvarez']);
  assert.deepEqual(await run(2000, true), []);
});

test('interrupts in the turn that the persona names, with its words', async () => {
  const { run, heard } = phone('{ interrupts: [{ turn: 2, afterMs: 200, says: wait }] }');
  assert.deepEqual(await run(2000, true), []);
  heard(0, 'what is your full name');
  await run(900, false);
  assert.deepEqual(await run(400, true), ['interrupts', 'says wait']);
});

test('keys are pressed in place of words', async () => {
  const { run, heard } = phone();
  await run(500, true);
  heard(0, 'your phone number');
  assert.deepEqual(await run(800, false), ['answer', 'keys 12']);
});

test('says goodbye, and hangs up when the agent does not', async () => {
  const { run, heard } = phone();
  await run(500, true);
  heard(0, 'thank you goodbye');
  assert.deepEqual(await run(800, false), ['goodbye', 'says thank you, goodbye']);
  assert.deepEqual(await run(9000, false), ['hangs up']);
});

test('recordings are played one after each of the agent’s turns, then the call is ended', async () => {
  const { run, playback } = phone();
  const party = playback(['a.wav', 'b.wav']);
  assert.deepEqual(await run(3000, false, party), []);
  await run(1000, true, party);
  assert.deepEqual(await run(900, false, party), []);
  assert.deepEqual(await run(200, false, party), ['plays a.wav']);
  assert.deepEqual(await run(3000, false, party), []);
  await run(1000, true, party);
  assert.deepEqual(await run(1100, false, party), ['plays b.wav']);
  assert.deepEqual(await run(21_000, false, party), ['hangs up']);
});

test('a recording is played to an agent that says nothing', async () => {
  const { run, playback } = phone();
  const party = playback(['a.wav']);
  assert.deepEqual(await run(12_100, false, party), ['plays a.wav']);
});
